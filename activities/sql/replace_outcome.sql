-- What was decided stays on file and does not stand any more.
UPDATE outcome SET is_current = false WHERE case_id = $1 AND is_current
