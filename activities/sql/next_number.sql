-- The next number of a book; the row stays locked until the transaction ends, so numbers have no gaps.
INSERT INTO counter AS book (school_bin, book, year, last)
VALUES ($1, $2, $3, 1)
ON CONFLICT (school_bin, book, year) DO UPDATE SET last = book.last + 1
RETURNING last
