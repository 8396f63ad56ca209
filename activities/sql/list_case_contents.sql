-- The bytes of a case: its papers as far as they are rendered, and the files that were handed in or taken over (D6).
SELECT 'paper' AS of, paper_id::text AS key, kind AS name, number, issued_at, 'application/pdf' AS media_type, content
FROM paper
WHERE case_id = $1 AND content IS NOT NULL
UNION ALL
SELECT 'attachment', attachment_id::text, name, NULL, NULL, media_type, content
FROM attachment
WHERE case_id = $1
   OR attachment_id IN (SELECT attachment_id FROM document WHERE case_id = $1 AND taken_from IS NOT NULL)
ORDER BY of DESC, issued_at, number, key
