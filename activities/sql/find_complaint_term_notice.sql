-- The notice about a term of a complaint that ended at the moment in its subject.
SELECT issued_at
FROM paper
WHERE case_id = $1 AND complaint_id = $2 AND kind = 'COMPLAINT_TERM_NOTICE' AND subject = $3
