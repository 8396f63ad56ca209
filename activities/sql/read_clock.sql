-- What the clock of the register's server shows; not the beginning of a transaction.
SELECT clock_timestamp()
