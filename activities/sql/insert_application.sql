-- The application as it was received, with the case that it follows; nothing of it is ever changed.
INSERT INTO application (
    case_id, number, request_id, content_hash, channel, school_bin, standard_version, received_at, filing_day, language,
    applicant_iin, applicant_surname, applicant_first_name, applicant_patronymic, applicant_capacity,
    applicant_phone, applicant_email, applicant_address,
    child_iin, child_surname, child_first_name, child_patronymic, wished_grade, wished_language, accepted_by,
    after_case)
VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, $18, $19, $20, $21, $22, $23, $24, $25, $26)
