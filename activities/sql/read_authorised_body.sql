-- An authorised body as the directory has it.
SELECT bin, name_kk, name_ru, address_kk, address_ru, phone, week, opens, closes, email
FROM authorised_body
WHERE bin = $1
