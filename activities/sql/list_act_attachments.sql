-- The files that came with an act, by their hash.
SELECT attachment_id, sha256 FROM attachment WHERE act_id = $1
