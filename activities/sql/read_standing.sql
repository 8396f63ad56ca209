-- The roles a person holds anywhere at a moment, and when the last order ended by which that person had acted as head
-- there; none for a person of the directory whose roles have ended.
SELECT r.school_bin, r.role,
       (SELECT max(o.runs_until)
        FROM standing_acting_order AS o
        WHERE o.school_bin = r.school_bin AND o.acting = m.staff_id
          AND o.runs_from < o.runs_until AND o.runs_until <= $2) AS acted_until
FROM staff_member AS m
LEFT JOIN staff_role AS r
       ON r.staff_id = m.staff_id AND r.valid_from <= $2 AND (r.valid_until IS NULL OR $2 < r.valid_until)
WHERE m.staff_id = $1
