-- The defects that complaints have set aside in the case, in the order of the rulings.
SELECT finding FROM set_aside WHERE case_id = $1 ORDER BY round, position
