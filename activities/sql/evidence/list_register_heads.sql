-- How long each of the register's own chains is and how it ends.
SELECT record, links, encode(head, 'hex') AS head FROM register_chain ORDER BY record
