-- What a complaint is of and who considers it, as papers tell of it: what was filed, the act complained of with the
-- number of the paper that it led to, and the authorised body of the school, as far as the directory knows it.
SELECT f.content AS filed, x.at AS attacked_at, p.number AS attacked_number,
       coalesce(b.bin, s.authorised_body_bin) AS body_bin,
       coalesce(b.name_kk, s.authorised_body_kk) AS body_name_kk,
       coalesce(b.name_ru, s.authorised_body_ru) AS body_name_ru,
       b.address_kk AS body_address_kk, b.address_ru AS body_address_ru, b.phone AS body_phone
FROM complaint AS c
JOIN act AS f ON f.act_id = c.act_id
JOIN application AS a ON a.case_id = c.case_id
JOIN school AS s ON s.bin = a.school_bin
LEFT JOIN authorised_body AS b
       ON b.bin = CASE c.addressee WHEN 'QUALITY_BODY' THEN c.considered_by ELSE s.authorised_body_bin END
LEFT JOIN act AS x ON x.act_id = c.attacked_act
LEFT JOIN act_result AS r ON r.act_id = c.attacked_act
LEFT JOIN paper AS p
       ON p.case_id = c.case_id AND p.round = r.round AND p.subject = ''
      AND p.kind = CASE c.attacked_outcome WHEN 'REFUSED' THEN 'REFUSAL' WHEN 'ORDER_ISSUED' THEN 'ORDER' END
WHERE c.complaint_id = $1
