"""The mail server, as the environment names it."""

from pathlib import Path
from urllib.parse import unquote, urlsplit

from activities.sending.post import MailServer, Security
from domain.refusal import InputRefused, invalid
from worker.database_address import read_password

_PORTS = {Security.TLS: 465, Security.STARTTLS: 587, Security.NONE: 25}


def mail_address(address: str) -> str:
    """The address of a mail server as it is; refused if it is none, or would carry letters in clear over a network."""
    try:
        parts = urlsplit(address)
        usable = parts.scheme in set(Security) and parts.hostname and parts.port != 0
    except ValueError:
        usable = False
    if not usable or parts.path.strip("/") or parts.query or parts.fragment or parts.password:
        raise invalid(
            "mail_address",
            "the value is not an address of a mail server",
            "Letters are handed over there, and its password has a file of its own",
            "Write it as smtp://USER@HOST:587, smtps://USER@HOST:465 or smtp+plain://127.0.0.1:25",
        )
    if parts.scheme == Security.NONE and parts.hostname not in ("localhost", "127.0.0.1", "::1"):
        raise invalid(
            "mail_in_clear",
            "smtp+plain leads to another machine",
            "Addresses of people would cross the network for everybody to read",
            "Use smtp:// (STARTTLS) or smtps://, or a mail server on this machine",
        )
    return address


def mail_server(address: str, sender: str, password_file: Path | None) -> MailServer:
    """The server with its password; `InputRefused` where only one of user and password is named."""
    parts = urlsplit(address)
    security = Security(parts.scheme)
    user = unquote(parts.username) if parts.username else None
    if (user is None) != (password_file is None):
        raise InputRefused.of(
            "half_a_sign_in",
            "environment.UIDE_SMTP_PASSWORD_FILE",
            "only one of the user of the mail server and the file with the password is named",
            "The server asks for both or for neither",
            "Write the user into UIDE_SMTP_URL and name the file, or leave both out",
        )
    return MailServer(
        host=parts.hostname or "",
        port=parts.port or _PORTS[security],
        security=security,
        sender=sender,
        username=user,
        password=read_password(password_file, "UIDE_SMTP_PASSWORD_FILE") if password_file else None,
    )
