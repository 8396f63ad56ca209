"""The register: the legal record of every case, in PostgreSQL."""
