"""E-mail by SMTP: one letter at a time to one address, over TLS wherever it leaves this machine."""

import asyncio
import re
import ssl
from collections.abc import Sequence
from email.errors import MessageError
from email.message import EmailMessage
from email.policy import SMTP as SMTP_POLICY
from enum import StrEnum
from typing import NamedTuple

import aiosmtplib

from activities.sending.failures import NoMailbox, NotNow, NotTaken, NotThrough
from domain.mail import Letter

LETTER_SECONDS = 8.0
"""For one letter from the connection to the last answer; below the ten that a worker gives to end."""

_NO_MAILBOX = frozenset({550, 551, 553, 556})
_POLICY = re.compile(r"\s*5\.7\.")
"""By RFC 3463 the refusal is about who may send what, not about the address: somebody has to mend the server."""


class Security(StrEnum):
    """How the way to the server is kept from others' eyes."""

    TLS = "smtps"
    STARTTLS = "smtp"
    """A server that does not offer it gets nothing."""
    NONE = "smtp+plain"
    """For a server on this machine."""


class MailServer(NamedTuple):
    """The server that takes our letters, and in whose name they go."""

    host: str
    port: int
    security: Security
    sender: str
    username: str | None = None
    password: str | None = None


class Post:
    """Hands letters to the server. Whatever goes wrong is a `NotThrough`; nothing is retried here."""

    def __init__(self, server: MailServer, seconds: float = LETTER_SECONDS) -> None:
        self._server = server
        self._seconds = seconds
        self._tls = None if server.security is Security.NONE else ssl.create_default_context()

    async def send(self, address: str, letter: Letter, message_id: str) -> str:
        """The id of the letter as its reader sees it; programs take two letters of one id for the same."""
        try:
            message = self._message(address, letter, message_id)
            async with asyncio.timeout(self._seconds):
                await self._hand_over(address, message)
        except aiosmtplib.SMTPRecipientsRefused as refused:
            raise _about(refused.recipients) from None
        except aiosmtplib.SMTPDataError as refused:
            raise _by(refused.code) from None
        except aiosmtplib.SMTPResponseException as refused:
            # Greeting, sign-in, sender: the same for every letter.
            raise NotNow(f"code {refused.code}") from None
        except (ValueError, MessageError):
            # Also of an address on file that would write into the head of the letter.
            raise NoMailbox("AddressNotUsable") from None
        except (aiosmtplib.SMTPException, OSError, TimeoutError) as error:
            raise NotNow(type(error).__name__) from None
        return str(message["Message-ID"])

    async def _hand_over(self, address: str, message: EmailMessage) -> None:
        server = self._server
        client = aiosmtplib.SMTP(
            hostname=server.host,
            port=server.port,
            username=server.username,
            password=server.password,
            local_hostname=_domain(server.sender),
            timeout=self._seconds,
            use_tls=server.security is Security.TLS,
            start_tls=server.security is Security.STARTTLS,
            tls_context=self._tls,
        )
        try:
            await client.connect()
            await client.sendmail(server.sender, [address], message.as_bytes())
        finally:
            # The letter is taken by now or it is not: the farewell is not waited for.
            client.close()

    def _message(self, address: str, letter: Letter, message_id: str) -> EmailMessage:
        message = EmailMessage(policy=SMTP_POLICY)
        message["From"] = self._server.sender
        if "=?" in address:
            raise ValueError("an encoded word is no address")
        message["To"] = address
        message["Subject"] = letter.subject
        message["Message-ID"] = f"<{message_id}@{_domain(self._server.sender)}>"
        # Programs that answer for people who are away leave it unanswered (RFC 3834).
        message["Auto-Submitted"] = "auto-generated"
        message.set_content(letter.text)
        return message


def _domain(address: str) -> str:
    return address.rpartition("@")[2]


def _about(refused: Sequence[aiosmtplib.SMTPRecipientRefused]) -> NotThrough:
    first = refused[0]
    if first.code in _NO_MAILBOX and not _POLICY.match(first.message):
        return NoMailbox(f"code {first.code}")
    return _by(first.code)


def _by(code: int) -> NotThrough:
    return NotTaken(f"code {code}") if code >= 500 else NotNow(f"code {code}")
