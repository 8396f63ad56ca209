-- An authorised body, brought up to date.
INSERT INTO authorised_body (bin, name_kk, name_ru, address_kk, address_ru, phone, week, opens, closes, email)
VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)
ON CONFLICT (bin) DO UPDATE SET
    name_kk = excluded.name_kk, name_ru = excluded.name_ru, address_kk = excluded.address_kk,
    address_ru = excluded.address_ru, phone = excluded.phone, week = excluded.week, opens = excluded.opens,
    closes = excluded.closes, email = excluded.email
