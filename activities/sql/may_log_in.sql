-- Whether a role may connect itself; without it, others can only be given what it may do.
SELECT rolcanlogin FROM pg_roles WHERE rolname = $1
