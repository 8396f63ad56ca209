-- The numbers of all cases.
SELECT number FROM application
