-- All files of a case together are limited (Q26).
SELECT coalesce(sum(size), 0) FROM attachment WHERE case_id = $1
