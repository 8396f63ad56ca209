-- The package of an earlier case, each document with the case in whose file it lies.
SELECT facts, attachment_id, coalesce(taken_from, case_id) AS lies_in
FROM document
WHERE case_id = $1
ORDER BY position
