-- One more act of the case has its verdict; the caller holds the case row's lock.
UPDATE procedure SET verdicts = verdicts + 1 WHERE case_id = $1
