"""The law's nouns and pure rules: no clock, no I/O, no Temporal."""
