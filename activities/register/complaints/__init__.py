"""Complaints in the register (paragraphs 9 and 10)."""
