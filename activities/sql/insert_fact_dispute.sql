-- The act $1 disputes the last answer on facts of the kind $3.
INSERT INTO fact_dispute (act_id, case_id, kind, seq)
SELECT $1, case_id, kind, max(seq) FROM fact WHERE case_id = $2 AND kind = $3 GROUP BY case_id, kind
