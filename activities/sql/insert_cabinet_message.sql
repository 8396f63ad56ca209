-- A paper in the applicant's personal cabinet.
INSERT INTO cabinet_message (message_id, case_id, paper_id, at) VALUES ($1, $2, $3, $4)
