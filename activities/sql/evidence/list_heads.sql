-- How long the chain of each case is and how it ends, in the order of their ids.
SELECT case_id, links, encode(head, 'hex') AS head FROM procedure ORDER BY case_id
