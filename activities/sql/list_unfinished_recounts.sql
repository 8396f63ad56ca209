-- Changes of the calendar after which terms may still have to be counted anew.
SELECT version FROM calendar_change WHERE NOT EXISTS (SELECT FROM recount AS r WHERE r.version = calendar_change.version)
ORDER BY version
