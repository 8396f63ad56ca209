-- Whether any school of the directory is under this authorised body.
SELECT EXISTS (SELECT FROM school WHERE authorised_body_bin = $1)
