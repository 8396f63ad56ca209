-- The milestones that the terms of a complaint have reached, each for its due moment.
SELECT term_kind, kind, due_at FROM complaint_milestone WHERE complaint_id = $1
