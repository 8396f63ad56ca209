-- The person behind an id of the directory, as papers print them.
SELECT staff_id, surname, first_name, patronymic, post_kk, post_ru FROM staff_member WHERE staff_id = $1
