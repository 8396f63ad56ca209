-- All acts ever refused, by the code of the reason.
SELECT reason ->> 'code' AS code, count(*) AS acts FROM act_result WHERE verdict = 'refused' GROUP BY 1
