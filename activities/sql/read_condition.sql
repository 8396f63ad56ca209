-- Whether the register can be written to, and what its clock shows.
SELECT current_setting('transaction_read_only') = 'off' AS writable, clock_timestamp() AS now
