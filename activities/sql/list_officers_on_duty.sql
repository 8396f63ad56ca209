-- The officers of an authorised body at a moment, as screens name them.
SELECT m.staff_id, m.surname, m.first_name, m.patronymic, m.post_kk, m.post_ru
FROM body_officer AS o
JOIN staff_member AS m USING (staff_id)
WHERE o.body_bin = $1 AND o.valid_from <= $2 AND (o.valid_until IS NULL OR $2 < o.valid_until)
ORDER BY m.staff_id
