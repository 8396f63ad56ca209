"""Other people's systems, as far as this service talks with them: small processes that stand in for the real ones."""
