-- A paper is there to be read soon after it was issued; the sweep sees to it where no workflow does.
SELECT a.number AS subject,
       format('%s %s has had no bytes for more than an hour', p.kind, p.number) AS what,
       'a PDF made from its facts' AS instead
FROM paper AS p
JOIN application AS a USING (case_id)
WHERE p.content IS NULL AND p.written_at < now() - interval '1 hour'
