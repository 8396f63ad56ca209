-- Paragraph 5: whether the notice of acceptance was sent, in whichever round; it stands through all of them.
SELECT EXISTS (SELECT FROM paper WHERE case_id = $1 AND kind = 'NOTICE_OF_ACCEPTANCE')
