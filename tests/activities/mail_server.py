"""The mail server of tests: a real SMTP server on this machine, which keeps what it takes."""

import asyncio
import email
import ssl
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from email.message import EmailMessage
from email.policy import default
from typing import Any

from aiosmtpd.smtp import SMTP, Envelope, Session

from activities.sending.post import LETTER_SECONDS, MailServer, Post, Security
from starter.embedded.temporal_server import free_ports

ADDRESS = "127.0.0.1"
SENDER = "uide@uide.example.kz"


class Mailbox:
    """What the server does with letters, and those that it took."""

    def __init__(self) -> None:
        self.letters: list[EmailMessage] = []
        self.envelopes: list[Envelope] = []
        self.answers: dict[str, str] = {}
        """To recipients that are refused, by their address."""
        self.after_data = "250 taken"
        self.seconds = 0.0

    async def handle_RCPT(  # noqa: N802 - the name that aiosmtpd calls
        self, _: SMTP, __: Session, envelope: Envelope, address: str, ___: list[str]
    ) -> str:
        await asyncio.sleep(self.seconds)
        if address in self.answers:
            return self.answers[address]
        envelope.rcpt_tos.append(address)
        return "250 known"

    async def handle_DATA(self, _: SMTP, __: Session, envelope: Envelope) -> str:  # noqa: N802
        if self.after_data.startswith("250"):
            self.envelopes.append(envelope)
            self.letters.append(_parsed(envelope))
        return self.after_data

    def to(self, address: str) -> list[EmailMessage]:
        """The letters to an address."""
        return [letter for letter in self.letters if letter["To"] == address]


def _parsed(envelope: Envelope) -> EmailMessage:
    assert isinstance(envelope.content, bytes)
    message = email.message_from_bytes(envelope.content, policy=default)
    assert isinstance(message, EmailMessage)
    return message


class _Closing(SMTP):
    """Closes its side when the client has closed its own without a word, and not after five minutes."""

    def eof_received(self) -> bool:
        super().eof_received()
        return False


@asynccontextmanager
async def mail_server(
    mailbox: Mailbox, *, port: int | None = None, tls: ssl.SSLContext | None = None, **options: Any
) -> AsyncIterator[int]:
    """It takes letters while the block runs; gives its port. With `tls` it speaks it from the first byte."""
    port = port or free_ports(1)[0]
    protocol: Callable[[], SMTP] = lambda: _Closing(mailbox, hostname="mail.example.kz", **options)  # noqa: E731
    server = await asyncio.get_running_loop().create_server(protocol, ADDRESS, port, ssl=tls)
    try:
        yield port
    finally:
        server.close()
        await server.wait_closed()


def a_post(
    port: int, security: Security = Security.NONE, seconds: float = LETTER_SECONDS, **changes: Any
) -> Post:
    """The post that hands its letters to that port of this machine."""
    server = MailServer(host="localhost", port=port, security=security, sender=SENDER)
    return Post(server._replace(**changes), seconds)
