-- Acts are taken lowest place first, those of each complaint among themselves; a complaint is answered after what was
-- done in the application before; only a message that is no act is refused the moment it is written.
SELECT a.number AS subject,
       format('act %s got its verdict before act %s', later.act_id, earlier.act_id) AS what,
       'verdicts in the order of the acts' AS instead
FROM act AS earlier
JOIN act AS later
  ON later.case_id = earlier.case_id AND later.seq > earlier.seq
     AND (later.complaint_id IS NOT DISTINCT FROM earlier.complaint_id
          OR earlier.complaint_id IS NULL AND later.kind IN ('complaint_decision', 'settle_complaint'))
JOIN act_result AS second ON second.act_id = later.act_id
LEFT JOIN act_result AS first ON first.act_id = earlier.act_id
JOIN application AS a ON a.case_id = earlier.case_id
WHERE NOT later.content ? 'unreadable'
  AND (first.act_id IS NULL OR first.written_at > second.written_at)
