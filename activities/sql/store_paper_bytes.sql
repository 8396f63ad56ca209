-- A paper gets its bytes once; whoever comes second changes nothing.
UPDATE paper
SET template = $2, content = $3, sha256 = encode(sha256($3), 'hex')
WHERE paper_id = $1 AND content IS NULL
