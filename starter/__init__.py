"""Whoever triggers or signals: the command line and the embedded stack."""
