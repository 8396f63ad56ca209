-- One open case per child: the constraint decides when two are filed at once (Q21).
INSERT INTO procedure (case_id, school_bin, child_hash, stage) VALUES ($1, $2, $3, 'RECEIVED')
