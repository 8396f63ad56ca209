-- A person of a directory file.
INSERT INTO staff_member (staff_id, surname, first_name, patronymic, post_kk, post_ru)
VALUES ($1, $2, $3, $4, $5, $6)
ON CONFLICT (staff_id) DO UPDATE SET
    surname = excluded.surname, first_name = excluded.first_name, patronymic = excluded.patronymic,
    post_kk = excluded.post_kk, post_ru = excluded.post_ru
