"""The procedure, paragraph by paragraph."""
