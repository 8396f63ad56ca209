#!/bin/sh
# Makes the passwords that docker-compose.yml reads, in deploy/secrets or the folder named. What is there stays.
set -eu
umask 077
folder=${1:-$(dirname "$0")/secrets}
# The folder keeps other users out; in it the files are readable, since each container reads them as a user of its own.
mkdir -p "$folder"
chmod 700 "$folder"
for name in postgres_password uide_owner_password uide_app_password temporal_password; do
    file=$folder/$name
    [ ! -e "$file" ] || continue
    # 24 random bytes in the letters a-f and digits: nothing in them has to be quoted anywhere.
    od -An -N24 -tx1 /dev/urandom | tr -d ' \n' >"$file.new"
    chmod 444 "$file.new"
    mv "$file.new" "$file"
    echo "made $file"
done
