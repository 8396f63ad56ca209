"""The post before a real SMTP server: over TLS, without it only on this machine, and with every refusal told apart."""

import ssl
from datetime import UTC, datetime, timedelta
from ipaddress import ip_address
from pathlib import Path
from typing import Any

import pytest
from aiosmtpd.smtp import AuthResult
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID

from activities.sending.failures import NoMailbox, NotNow, NotTaken, NotThrough
from activities.sending.post import Post, Security
from domain.mail import Letter
from tests.activities.mail_server import SENDER, Mailbox, a_post, mail_server

LETTER = Letter(subject="AT001-2026-00001: іс бойынша хабарлама", text="Іс бойынша жаңа хабарлама бар.\n")
ADDRESS = "gauhar@example.kz"


@pytest.fixture
def certificate(tmp_path: Path) -> Path:
    """A certificate of this machine with its key, made for the test."""
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "localhost")])
    now = datetime.now(UTC)
    names: list[x509.GeneralName] = [x509.DNSName("localhost"), x509.IPAddress(ip_address("127.0.0.1"))]
    made = (
        x509.CertificateBuilder(name, name, key.public_key(), x509.random_serial_number())
        .not_valid_before(now - timedelta(days=1))
        .not_valid_after(now + timedelta(days=1))
        .add_extension(x509.SubjectAlternativeName(names), critical=False)
        .add_extension(x509.BasicConstraints(ca=True, path_length=None), critical=True)
        .sign(key, hashes.SHA256())
    )
    file = tmp_path / "server.pem"
    file.write_bytes(
        key.private_bytes(
            serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
        )
        + made.public_bytes(serialization.Encoding.PEM)
    )
    return file


@pytest.fixture
def tls(certificate: Path, monkeypatch: pytest.MonkeyPatch) -> ssl.SSLContext:
    """What the server speaks TLS with; this machine trusts it."""
    monkeypatch.setenv("SSL_CERT_FILE", str(certificate))
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(certificate)
    return context


async def failure_of(post: Post) -> NotThrough:
    with pytest.raises(NotThrough) as failed:
        await post.send(ADDRESS, LETTER, "AT001-2026-00001.7")
    return failed.value


async def test_a_letter_arrives_as_it_was_written() -> None:
    mailbox = Mailbox()
    async with mail_server(mailbox) as port:
        receipt = await a_post(port).send(ADDRESS, LETTER, "AT001-2026-00001.7")
    letter = mailbox.letters[0]
    assert (letter["From"], letter["To"], letter["Subject"]) == (SENDER, ADDRESS, LETTER.subject)
    assert letter.get_content().replace("\r\n", "\n") == LETTER.text
    assert receipt == letter["Message-ID"] == "<AT001-2026-00001.7@uide.example.kz>"
    assert letter["Auto-Submitted"] == "auto-generated"


async def test_a_letter_goes_by_starttls_and_with_the_password(tls: ssl.SSLContext) -> None:
    mailbox = Mailbox()

    def known(server: object, session: object, envelope: object, mechanism: str, data: object) -> AuthResult:
        return AuthResult(success=True, handled=True)

    options: dict[str, Any] = {
        "tls_context": tls,
        "require_starttls": True,
        "auth_required": True,
        "authenticator": known,
    }
    async with mail_server(mailbox, **options) as port:
        await a_post(port, Security.STARTTLS, username="uide", password="secret").send(ADDRESS, LETTER, "a.1")
    assert len(mailbox.letters) == 1


async def test_a_letter_goes_by_tls_from_the_first_byte(tls: ssl.SSLContext) -> None:
    mailbox = Mailbox()
    async with mail_server(mailbox, tls=tls) as port:
        await a_post(port, Security.TLS).send(ADDRESS, LETTER, "a.1")
    assert len(mailbox.letters) == 1


async def test_a_server_that_does_not_offer_starttls_gets_nothing() -> None:
    mailbox = Mailbox()
    async with mail_server(mailbox) as port:
        failure = await failure_of(a_post(port, Security.STARTTLS))
    assert isinstance(failure, NotNow)
    assert (mailbox.letters, mailbox.envelopes) == ([], [])


async def test_a_server_with_the_certificate_of_another_gets_nothing(
    tls: ssl.SSLContext, monkeypatch: pytest.MonkeyPatch
) -> None:
    mailbox = Mailbox()
    monkeypatch.delenv("SSL_CERT_FILE")
    async with mail_server(mailbox, tls=tls) as port:
        assert isinstance(await failure_of(a_post(port, Security.TLS)), NotNow)
    assert mailbox.letters == []


@pytest.mark.parametrize(
    ("answer", "kind"),
    [
        ("550 5.1.1 no such user here", NoMailbox),
        ("553 mailbox name not allowed", NoMailbox),
        ("550 5.7.1 relaying denied", NotTaken),
        ("554 no", NotTaken),
        ("450 4.2.0 later", NotNow),
    ],
)
async def test_a_refusal_of_the_addressee_is_told_apart(answer: str, kind: type[NotThrough]) -> None:
    mailbox = Mailbox()
    mailbox.answers[ADDRESS] = answer
    async with mail_server(mailbox) as port:
        failure = await failure_of(a_post(port))
    assert type(failure) is kind
    assert failure.cause == f"code {answer[:3]}"


@pytest.mark.parametrize(("answer", "kind"), [("554 looks like spam", NotTaken), ("451 try again", NotNow)])
async def test_a_refusal_of_the_letter_is_told_apart(answer: str, kind: type[NotThrough]) -> None:
    mailbox = Mailbox()
    mailbox.after_data = answer
    async with mail_server(mailbox) as port:
        assert type(await failure_of(a_post(port))) is kind


async def test_a_server_that_is_away_or_slow_is_given_up() -> None:
    mailbox = Mailbox()
    mailbox.seconds = 5
    async with mail_server(mailbox) as port:
        assert isinstance(await failure_of(a_post(port, seconds=0.3)), NotNow)
    assert isinstance(await failure_of(a_post(port)), NotNow)


async def test_a_failure_never_quotes_what_the_server_wrote() -> None:
    mailbox = Mailbox()
    mailbox.answers[ADDRESS] = f"550 5.1.1 <{ADDRESS}>: unknown"
    async with mail_server(mailbox) as port:
        assert ADDRESS not in str(await failure_of(a_post(port)))


async def test_no_letter_is_written_to_an_address_that_mail_programs_would_read_as_another() -> None:
    mailbox = Mailbox()
    async with mail_server(mailbox) as port:
        with pytest.raises(NoMailbox, match="AddressNotUsable"):
            await a_post(port).send("a=?b@d.kz", LETTER, "AT001-2026-00001.7")
    assert mailbox.letters == []
