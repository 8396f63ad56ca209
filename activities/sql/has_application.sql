-- Whether anything was ever filed here: only before that may a key ring be made.
SELECT EXISTS (SELECT FROM application)
