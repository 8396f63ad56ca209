-- All schools of the directory.
SELECT bin, code, level, name_kk, name_ru, address_kk, address_ru, phone, week, opens, closes, number_separator,
       registration_index, outgoing_index, order_index, authorised_body_bin, authorised_body_kk, authorised_body_ru,
       email
FROM school
ORDER BY code
