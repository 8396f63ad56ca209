-- Everybody who has a role at a school at a moment, as screens name them.
SELECT m.staff_id, m.surname, m.first_name, m.patronymic, m.post_kk, m.post_ru, r.role
FROM staff_role AS r
JOIN staff_member AS m USING (staff_id)
WHERE r.school_bin = $1 AND r.valid_from <= $2 AND (r.valid_until IS NULL OR $2 < r.valid_until)
ORDER BY m.staff_id
