-- The milestones reached for a due moment.
SELECT kind FROM milestone WHERE case_id = $1 AND round = $2 AND due_at = $3
