-- Whoever of the directory did something in a case, and for whom somebody acted as head, as papers print them.
SELECT staff_id, surname, first_name, patronymic, post_kk, post_ru
FROM staff_member
WHERE staff_id IN (
    SELECT actor FROM act WHERE case_id = $1
    UNION SELECT effects -> 'acting' ->> 'for_whom' FROM act_result WHERE case_id = $1
    UNION SELECT accepted_by FROM application WHERE case_id = $1
    UNION SELECT actor FROM journal WHERE case_id = $1
    UNION SELECT actor FROM audit WHERE case_id = $1)
ORDER BY staff_id
