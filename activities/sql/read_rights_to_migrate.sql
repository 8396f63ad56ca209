-- Asked before the first migration, so that what is missing is told before anything is changed. $1: the service's role.
SELECT
    current_user AS role,
    current_database() AS database,
    has_schema_privilege('public', 'CREATE') AS makes_tables,
    EXISTS (SELECT FROM pg_roles WHERE rolname = $1)
    OR (SELECT rolsuper OR rolcreaterole FROM pg_roles WHERE rolname = current_user) AS finds_or_makes_role
