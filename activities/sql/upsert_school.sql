-- A school of a directory file; the order of the columns is that of domain.school.School.
INSERT INTO school (
    bin, code, level, name_kk, name_ru, address_kk, address_ru, phone, week, opens, closes, number_separator,
    registration_index, outgoing_index, order_index, authorised_body_bin, authorised_body_kk, authorised_body_ru,
    email)
VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, $18, $19)
ON CONFLICT (bin) DO UPDATE SET
    level = excluded.level, name_kk = excluded.name_kk, name_ru = excluded.name_ru,
    address_kk = excluded.address_kk, address_ru = excluded.address_ru, phone = excluded.phone,
    week = excluded.week, opens = excluded.opens, closes = excluded.closes,
    number_separator = excluded.number_separator, registration_index = excluded.registration_index,
    outgoing_index = excluded.outgoing_index, order_index = excluded.order_index,
    authorised_body_bin = excluded.authorised_body_bin, authorised_body_kk = excluded.authorised_body_kk,
    authorised_body_ru = excluded.authorised_body_ru, email = excluded.email
