-- Who tried what; `details` holds codes, never what was in the input.
INSERT INTO audit (at, actor, action, case_id, details) VALUES ($1, $2, $3, $4, $5)
