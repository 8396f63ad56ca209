#!/usr/bin/env bash
# Makes .venv from requirements.lock; run by make only when the lock, pyproject.toml or this file changed.
set -euo pipefail
cd "$(dirname "$0")/.."

usable() { # Python 3.11 or newer that can make an environment with pip in it
    "$1" -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null
}

complete() {
    "$1" -c 'import ensurepip, venv' 2>/dev/null
}

find_python() {
    local candidate incomplete=""
    for candidate in ${PYTHON:-python3 python3.14 python3.13 python3.12 python3.11}; do
        usable "$candidate" || continue
        if complete "$candidate"; then
            echo "$candidate"
            return
        fi
        incomplete="${incomplete:-$candidate}"
    done
    if [ -n "$incomplete" ]; then
        echo "setup: $incomplete is new enough, but its modules venv and ensurepip are missing." >&2
        echo "setup: install them (Debian and Ubuntu: the package python3-venv) and run make again." >&2
    else
        echo "setup: no Python 3.11 or newer among: ${PYTHON:-python3 python3.14 python3.13 python3.12 python3.11}." >&2
        echo "setup: install one, or name it: make setup PYTHON=/path/to/python3" >&2
    fi
    return 1
}

if ! .venv/bin/python -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null; then
    python=$(find_python)
    echo "setup: making .venv with $("$python" --version)" >&2
    "$python" -m venv --clear .venv
fi
echo "setup: installing the locked packages into .venv (a minute or two the first time)" >&2
export PIP_DISABLE_PIP_VERSION_CHECK=1 PIP_ROOT_USER_ACTION=ignore
.venv/bin/python -m pip install --quiet --require-hashes -r requirements.lock
.venv/bin/python -m pip install --quiet --no-deps --no-build-isolation -e .
touch .venv/.complete
echo "setup: done" >&2
