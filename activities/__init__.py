"""The outside world: the register in PostgreSQL and other systems."""
