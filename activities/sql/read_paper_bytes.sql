-- The bytes of a paper, null until they are rendered.
SELECT content FROM paper WHERE paper_id = $1
