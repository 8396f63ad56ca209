-- What is to be asked about a case that is filed; the first attempt is made as soon as somebody can.
INSERT INTO inquiry (case_id, kind) VALUES ($1, $2)
