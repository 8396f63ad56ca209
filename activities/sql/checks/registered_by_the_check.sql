-- R5.4: the check registers the request, once, whatever it says.
SELECT a.number AS subject,
       format('%s registration number(s) after %s taken check(s) of the package', n.given, c.checks) AS what,
       'one number with the first check, none before' AS instead
FROM application AS a
CROSS JOIN LATERAL (
    SELECT count(*) AS given
    FROM legal_number
    WHERE legal_number.case_id = a.case_id AND book = 'REGISTRATION') AS n
CROSS JOIN LATERAL (
    SELECT count(*) AS checks
    FROM act JOIN act_result USING (act_id)
    WHERE act.case_id = a.case_id AND act.kind = 'check_package' AND act_result.verdict = 'taken') AS c
WHERE n.given <> least(c.checks, 1)
