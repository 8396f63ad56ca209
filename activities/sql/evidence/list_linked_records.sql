-- What is linked into the chains; `absent` as text, so that every connection reads it alike.
SELECT record, table_name, case_of, strays, key_columns, columns, absent::text AS absent, exists_when, may_change
FROM linked_record
ORDER BY record
