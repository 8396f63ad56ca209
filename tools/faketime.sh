#!/usr/bin/env bash
# The library that shows a process another time, for the proof with a wrong clock: installed where that is possible,
# else the proof is left out and says so. Never fails.
set -uo pipefail

ls /usr/lib/*/faketime/libfaketime.so.1 >/dev/null 2>&1 && exit 0
if [ "$(id -u)" = 0 ] && command -v apt-get >/dev/null; then
    echo "faketime: installing the package faketime for the proof with a wrong clock" >&2
    { apt-get install -y -q faketime || { apt-get update -q && apt-get install -y -q faketime; }; } >/dev/null 2>&1 && exit 0
fi
echo "faketime: the package faketime is not installed; the proof with a wrong clock is left out" >&2
exit 0
