"""The address of the register, its password from a file where one is named: then it stands in no environment."""

from collections.abc import Mapping
from pathlib import Path
from urllib.parse import quote, urlsplit

from domain.refusal import InputRefused

PASSWORD_FILES = {
    "DATABASE_URL": "DATABASE_PASSWORD_FILE",
    "DATABASE_OWNER_URL": "DATABASE_OWNER_PASSWORD_FILE",
}
"""The variable with an address, and the one that names the file with its password."""


def database_address(environment: Mapping[str, str], variable: str) -> str | None:
    """The address that the variable holds, with the password of its file; None if it is not set.

    `InputRefused` when the file cannot be read or holds anything but one line, or when the address has a password or
    no user.
    """
    address, file = environment.get(variable), environment.get(PASSWORD_FILES[variable])
    if not address or not file:
        return address or None
    return _with_password(address, read_password(Path(file), PASSWORD_FILES[variable]), variable)


def database_addresses(environment: Mapping[str, str]) -> dict[str, str]:
    """All that are set, by their variable."""
    found = {variable: database_address(environment, variable) for variable in PASSWORD_FILES}
    return {variable: address for variable, address in found.items() if address}


def _with_password(address: str, password: str, variable: str) -> str:
    parts = urlsplit(address)
    user, _, host = parts.netloc.rpartition("@")
    if not user or ":" in user:
        raise InputRefused.of(
            "password_has_no_place",
            f"environment.{variable}",
            "the address has a password of its own" if user else "the address names no user",
            f"{PASSWORD_FILES[variable]} names the file with the password of this address",
            "Write the address as postgresql://USER@HOST:PORT/DATABASE, or leave the file out",
        )
    return parts._replace(netloc=f"{user}:{quote(password, safe='')}@{host}").geturl()


def read_password(file: Path, variable: str) -> str:
    """The one line of the file that the variable names; `InputRefused` when it is not there or holds anything else."""
    try:
        password = file.read_text(encoding="utf-8").rstrip("\r\n")
    except (OSError, UnicodeDecodeError) as error:
        raise InputRefused.of(
            "password_file_unreadable",
            f"environment.{variable}",
            f"the file {file} cannot be read: {getattr(error, 'strerror', 'it is no text')}",
            "It holds the password of a server",
            "Name a file that this user may read",
        ) from None
    if not password or len(password.splitlines()) > 1:
        raise InputRefused.of(
            "password_file_without_password",
            f"environment.{variable}",
            f"the file {file} {'has more than one line' if password else 'is empty'}",
            "It holds the password of a server and nothing else",
            "Write the password into it, on one line",
        )
    return password
