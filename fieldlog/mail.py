"""Sending mail through the server that the settings name."""

import re
import smtplib
import ssl
from dataclasses import dataclass, field
from datetime import datetime
from email.headerregistry import Address
from email.message import EmailMessage
from email.policy import SMTP
from email.utils import format_datetime, make_msgid
from typing import Literal, Self

LONGEST_ADDRESS = 254
TIMEOUT_SECONDS = 20.0
LOOPBACK = frozenset({"localhost", "127.0.0.1", "::1"})

Security = Literal["starttls", "tls", "none"]

# What an address of our time looks like. Nothing in it can end a header's line or begin another address.
_PLAIN = r"[A-Za-z0-9!#$%&'*+/=?^_`{|}~-]"
_ADDRESS = re.compile(
    rf"{_PLAIN}+(\.{_PLAIN}+)*@([A-Za-z0-9]([A-Za-z0-9-]{{0,61}}[A-Za-z0-9])?\.)+[A-Za-z][A-Za-z0-9-]{{0,61}}[A-Za-z0-9]"
)


class ServerAwayError(Exception):
    """The mail server cannot be reached, or does not let us in: nothing can be sent."""


class NotSentError(Exception):
    """The server certainly did not take the message; ``code`` is its answer, or None when it gave none."""

    def __init__(self, code: int | None) -> None:
        super().__init__(f"the mail server answered {code}" if code else "the mail server stopped answering")
        self.code = code


class PerhapsSentError(Exception):
    """The message went out whole and the server did not say whether it took it."""


@dataclass(frozen=True)
class Server:
    """Where mail is handed over, how, and from whom it comes."""

    host: str
    port: int
    security: Security
    sender: str
    sender_name: str
    user: str = ""
    password: str = field(default="", repr=False)
    timeout: float = TIMEOUT_SECONDS


def is_address(text: str) -> bool:
    """Whether the text is one plain mail address and nothing else."""
    local = text.partition("@")[0]
    return len(text) <= LONGEST_ADDRESS and len(local) <= 64 and bool(_ADDRESS.fullmatch(text))


def message(server: Server, to: str, subject: str, text: str, now: datetime) -> EmailMessage:
    """A plain letter that no program answers. Raises ValueError when ``to`` is not an address."""
    if not is_address(to):
        raise ValueError("not a mail address")
    made = EmailMessage(policy=SMTP)
    made["From"] = Address(" ".join(server.sender_name.split()), addr_spec=server.sender)
    made["To"] = Address(addr_spec=to)
    made["Subject"] = " ".join(subject.split())
    made["Date"] = format_datetime(now)
    made["Message-ID"] = make_msgid(domain=server.sender.rpartition("@")[2])
    made["Auto-Submitted"] = "auto-generated"
    made.set_content(text, cte="quoted-printable")
    return made


class Post:
    """A conversation with the mail server: opened when entered, and again after one that broke off."""

    def __init__(self, server: Server) -> None:
        self._server = server
        self._smtp: smtplib.SMTP | None = None

    def __enter__(self) -> Self:
        """Raises ServerAwayError."""
        self._smtp = self._connect()
        return self

    def __exit__(self, *_: object) -> None:
        if self._smtp is not None:
            self._hang_up(politely=True)

    def send(self, letter: EmailMessage) -> None:
        """Hand the letter over. Raises ServerAwayError, NotSentError or PerhapsSentError."""
        smtp = self._smtp = self._smtp or self._connect()
        try:
            for command, address in ((smtp.mail, self._server.sender), (smtp.rcpt, str(letter["To"]))):
                self._expect(command(address)[0])
            self._expect(smtp.docmd("DATA")[0], 354)
        except (OSError, smtplib.SMTPException):
            self._hang_up()
            raise NotSentError(None) from None
        try:
            smtp.send(_on_the_wire(letter))
            code, _ = smtp.getreply()
        except (OSError, smtplib.SMTPException):
            self._hang_up()
            raise PerhapsSentError from None
        self._expect(code)

    def _expect(self, code: int, wanted: int = 250) -> None:
        """Raise NotSentError unless the server said yes; what it holds of the letter is forgotten by the next one."""
        if code not in {wanted, 251}:
            self._hang_up(politely=True)
            raise NotSentError(code)

    def _connect(self) -> smtplib.SMTP:
        to = self._server
        try:
            context = ssl.create_default_context()
            if to.security == "tls":
                smtp: smtplib.SMTP = smtplib.SMTP_SSL(to.host, to.port, timeout=to.timeout, context=context)
            else:
                smtp = smtplib.SMTP(to.host, to.port, timeout=to.timeout)
            self._smtp = smtp
            if to.security == "starttls":
                smtp.starttls(context=context)
            if to.user:
                smtp.login(to.user, to.password)
            smtp.ehlo_or_helo_if_needed()
        except (OSError, smtplib.SMTPException, UnicodeError) as error:
            self._hang_up()
            raise ServerAwayError(_reason(error)) from None
        return smtp

    def _hang_up(self, *, politely: bool = False) -> None:
        smtp, self._smtp = self._smtp, None
        if smtp is None:
            return
        try:
            if politely:
                smtp.quit()
        except (OSError, smtplib.SMTPException):
            pass
        finally:
            smtp.close()


def _on_the_wire(letter: EmailMessage) -> bytes:
    """The letter's bytes and the line that ends it. A line that begins with a dot gets another one."""
    body = letter.as_bytes()
    lines = [b"." + line if line.startswith(b".") else line for line in body.splitlines()]
    return b"\r\n".join([*lines, b".", b""])


def _reason(error: Exception) -> str:
    """Why there is no conversation, without what the server said: that can tell a name or more."""
    if isinstance(error, ssl.SSLCertVerificationError):
        return f"its certificate is not to be trusted ({error.verify_message})"
    if isinstance(error, smtplib.SMTPAuthenticationError):
        return f"it refuses the user or the password ({error.smtp_code})"
    if isinstance(error, smtplib.SMTPNotSupportedError):
        return "it does not offer what the settings ask for"
    if isinstance(error, smtplib.SMTPResponseException):
        return f"it answered {error.smtp_code}"
    return " ".join(str(error).split()) or type(error).__name__
