"""Asks the worker of this machine for its health: `python -m worker.health [live|ready]`, for a health check.

Prints the JSON that it answers; ends with 0 if it is well, else with 1. Needs `UIDE_HEALTH_ADDRESS` and
nothing else: no password and no key.
"""

import json
import os
import sys
from http.client import HTTPConnection, HTTPException
from ipaddress import ip_address

SECONDS = 5
_PATHS = {(): "/health", ("live",): "/health/live", ("ready",): "/health/ready"}


def main(arguments: tuple[str, ...], address: str | None) -> int:
    """What the worker at the address says, on stdout; 0 or 1."""
    path = _PATHS.get(arguments)
    if path is None:
        return _fail("usage: python -m worker.health [live|ready]")
    if not address:
        return _fail("UIDE_HEALTH_ADDRESS is not set, so no worker serves its health")
    try:
        status, body = _ask(address, path)
    except (OSError, HTTPException, ValueError) as error:
        return _fail(f"no worker answers at {address} ({type(error).__name__})")
    _say(body)
    return 0 if status == 200 else 1


def _ask(address: str, path: str) -> tuple[int, str]:
    host, _, port = address.rpartition(":")
    connection = HTTPConnection(_reachable(host.strip("[]")), int(port), timeout=SECONDS)
    try:
        connection.request("GET", path)
        answer = connection.getresponse()
        return answer.status, answer.read().decode()
    finally:
        connection.close()


def _reachable(host: str) -> str:
    # A worker that serves on all addresses of its container is asked on its own.
    address = ip_address(host)
    if not address.is_unspecified:
        return host
    return "127.0.0.1" if address.version == 4 else "::1"


def _fail(says: str) -> int:
    _say(json.dumps({"status": "failing", "says": says}))
    return 1


def _say(document: str) -> None:
    sys.stdout.write(document + "\n")


if __name__ == "__main__":
    sys.exit(main(tuple(sys.argv[1:]), os.environ.get("UIDE_HEALTH_ADDRESS")))
