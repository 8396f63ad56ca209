-- Who holds or held a role at a school, and since and until when.
SELECT m.staff_id, m.surname, m.first_name, m.patronymic, m.post_kk, m.post_ru, r.role, r.valid_from, r.valid_until, r.act
FROM staff_role AS r
JOIN staff_member AS m USING (staff_id)
WHERE r.school_bin = $1
ORDER BY r.role, m.staff_id, r.valid_from
