"""One machine, no containers: PostgreSQL and Temporal as child processes on one data folder."""
