-- True for the one call that reaches the milestone first.
INSERT INTO complaint_milestone (complaint_id, term_kind, kind, due_at, reached_at)
VALUES ($1, $2, $3, $4, $5)
ON CONFLICT ON CONSTRAINT complaint_milestone_is_reached_once DO NOTHING
RETURNING true
