-- What a case has taken over from the one that it follows.
SELECT facts FROM document WHERE case_id = $1 AND taken_from IS NOT NULL ORDER BY position
