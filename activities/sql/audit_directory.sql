-- Who loaded a directory: nobody of the service can, so it is the role of the database.
INSERT INTO audit (at, actor, action, details) VALUES (clock_timestamp(), session_user, 'directory', $1)
