-- R4.5: no case of the office without a receipt.
SELECT a.number AS subject, 'no receipt' AS what, 'a receipt issued at the visit' AS instead
FROM application AS a
WHERE a.channel = 'OFFICE'
  AND NOT EXISTS (
      SELECT FROM paper AS p WHERE p.case_id = a.case_id AND p.kind = 'RECEIPT' AND p.issued_at = a.received_at)
