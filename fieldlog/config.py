"""Settings from ``FIELDLOG_*`` variables: typed, checked before anything starts."""

import os
import re
import secrets
from datetime import date
from pathlib import Path
from typing import Self

from pydantic import Field, SecretStr, ValidationError, ValidationInfo, field_validator
from pydantic_settings import BaseSettings, SettingsConfigDict
from sqlalchemy import URL, make_url
from sqlalchemy.exc import ArgumentError

from fieldlog.colours import ACCENT, LEAST_CONTRAST, PAPER, contrast
from fieldlog.mail import LOOPBACK, Security, Server, is_address
from fieldlog.push import Pusher

PREFIX = "FIELDLOG_"
KEY_BYTES = 32
LIMIT = r"^[1-9]\d{0,5} per ([1-9]\d{0,5} )?(second|minute|hour)s?$"
HOST = r"^([a-z0-9]([a-z0-9-]*[a-z0-9])?(\.[a-z0-9]([a-z0-9-]*[a-z0-9])?)*)?$"
SITE = r"(\*\.)?[a-z0-9-]+(\.[a-z0-9-]+)+"
SITES = rf"^({SITE}( {SITE})*)?$"
PUSH_HOSTS = "fcm.googleapis.com *.push.services.mozilla.com *.push.apple.com *.notify.windows.com"
SECRET = frozenset({"database_url", "smtp_password"})
"""Settings that can hold a password, which belongs on no screen and in no log."""

ROOT = Path(__file__).resolve().parent.parent


class WrongSettingError(Exception):
    """A setting that cannot be used; the message is one line that names it."""


class NotSetUpError(Exception):
    """Something that ``fieldlog init`` makes is missing; the message is one line that names it."""


class Settings(BaseSettings):
    """Everything that can be set from outside, with its default."""

    model_config = SettingsConfigDict(env_prefix=PREFIX, extra="forbid", frozen=True)

    instance: Path = ROOT / "instance"
    database_url: str = ""
    municipality: str = Field(default="2380", pattern=r"^\d{4}$")
    name: str = Field(default="Fältlogg", min_length=1, max_length=30)
    accent: str = Field(default=ACCENT, pattern=r"^#[0-9a-f]{6}$")
    https: bool = False
    proxies: int = Field(default=0, ge=0, le=5)
    threads: int = Field(default=8, ge=1, le=64)
    max_body_bytes: int = Field(default=1_000_000, ge=10_000, le=50_000_000)
    sign_in_limit: str = Field(default="10 per minute", pattern=LIMIT)
    sync_limit: str = Field(default="600 per minute", pattern=LIMIT)
    public_host: str = Field(default="", pattern=HOST)
    embed_hosts: str = Field(default="", pattern=SITES)
    public_delay_days: int = Field(default=1, ge=1, le=31)
    owner: str = Field(default="", max_length=80)
    contact: str = Field(default="", validate_default=True)
    security_contact: str = Field(default="", validate_default=True)
    security_expires: date | None = Field(default=None, validate_default=True)
    session_days: int = Field(default=90, ge=1, le=400)
    youth_report_url: str = Field(default="https://www.ostersund.se/", pattern=r"^https?://\S+$")
    url: str = Field(default="", pattern=r"^(https?://[^\s/]+)?$")
    smtp_host: str = Field(default="", pattern=r"^[A-Za-z0-9.:-]*$")
    smtp_port: int = Field(default=587, ge=1, le=65_535)
    smtp_user: str = Field(default="", max_length=200)
    smtp_password: SecretStr = Field(default=SecretStr(""), max_length=200, validate_default=True)
    smtp_tls: Security = Field(default="starttls", validate_default=True)
    mail_from: str = Field(default="", validate_default=True)
    push_hosts: str = PUSH_HOSTS
    quiet_hours: str = Field(default="22-06", pattern=r"^(([01]\d|2[0-3])-([01]\d|2[0-3]))?$")

    @field_validator("instance", mode="before")
    @classmethod
    def _a_folder(cls, path: object) -> object:
        if path == "":
            raise ValueError("names no folder")
        return path

    @field_validator("database_url")
    @classmethod
    def _known_database(cls, url: str) -> str:
        if url and not url.startswith(("sqlite:///", "postgresql://")):
            raise ValueError("must begin with sqlite:/// or postgresql://")
        try:
            parts = make_url(url or "sqlite:///file")
        except (ArgumentError, ValueError):
            raise ValueError("is not the address of a database") from None
        if parts.database in {None, "", ":memory:"} and parts.drivername == "sqlite":
            raise ValueError("names no file")
        return url

    @field_validator("contact", "security_contact")
    @classmethod
    def _reaches_somebody(cls, contact: str) -> str:
        if contact and not (is_address(contact) or re.fullmatch(r"https://[^\s/]+\S*", contact)):
            raise ValueError("is neither a mail address nor an address that begins with https://")
        return contact

    @field_validator("security_expires")
    @classmethod
    def _goes_with_a_contact(cls, day: date | None, info: ValidationInfo) -> date | None:
        if bool(info.data.get("security_contact")) != bool(day):
            raise ValueError(f"is set together with {PREFIX}SECURITY_CONTACT or not at all")
        return day

    @field_validator("accent")
    @classmethod
    def _readable(cls, accent: str) -> str:
        # By night the page has an accent of its own, in which nothing is too dark.
        if contrast(accent, PAPER) < LEAST_CONTRAST:
            raise ValueError("is too light to be read by day")
        return accent

    @field_validator("smtp_password")
    @classmethod
    def _goes_with_a_user(cls, password: SecretStr, info: ValidationInfo) -> SecretStr:
        if bool(password.get_secret_value()) != bool(info.data.get("smtp_user")):
            raise ValueError(f"is set together with {PREFIX}SMTP_USER or not at all")
        return password

    @field_validator("smtp_tls")
    @classmethod
    def _keeps_the_password(cls, security: Security, info: ValidationInfo) -> Security:
        if security == "none" and info.data.get("smtp_user") and info.data.get("smtp_host") not in LOOPBACK:
            raise ValueError("would send the password for everybody to read")
        return security

    @field_validator("mail_from")
    @classmethod
    def _can_send(cls, sender: str, info: ValidationInfo) -> str:
        if sender and not is_address(sender):
            raise ValueError("is not a mail address, such as faltlogg@kommun.se")
        if info.data.get("smtp_host") and not (sender and info.data.get("url")):
            raise ValueError(f"mail needs this, {PREFIX}URL and {PREFIX}SMTP_HOST, all three")
        return sender

    @property
    def public_url(self) -> str:
        """Where everybody finds the public side, without a slash at the end; empty when no setting says."""
        if self.public_host:
            return f"{'https' if self.https else 'http'}://{self.public_host}"
        return self.url

    @property
    def mail(self) -> Server | None:
        """The server that mail is handed to; None where none is set."""
        if not self.smtp_host:
            return None
        return Server(
            self.smtp_host,
            self.smtp_port,
            self.smtp_tls,
            sender=self.mail_from,
            sender_name=self.name,
            user=self.smtp_user,
            password=self.smtp_password.get_secret_value(),
        )

    @property
    def push_key_file(self) -> Path:
        """Where the key lies that signs push messages."""
        return self.instance / "push.key"

    @property
    def pusher(self) -> Pusher | None:
        """What hands push messages over; None without a sender, or before `fieldlog init` made the key."""
        if not self.mail_from or not self.push_hosts or not self.push_key_file.is_file():
            return None
        return Pusher(self.push_key_file, self.mail_from, self.push_hosts)

    @property
    def database(self) -> str:
        """The database's URL: the one set, or the SQLite file in the instance folder."""
        file = URL.create("sqlite", database=str(self.instance / "fieldlog.sqlite"))
        return self.database_url or file.render_as_string()

    @property
    def key_file(self) -> Path:
        """Where the key lies that signs sessions."""
        return self.instance / "secret.key"

    @classmethod
    def from_environment(cls) -> Self:
        """Read the settings. Raises WrongSettingError for a wrong value and for a variable that is not a setting."""
        known = {PREFIX + name.upper() for name in cls.model_fields}
        for variable in os.environ:
            if variable.startswith(PREFIX) and variable not in known:
                raise WrongSettingError(f"{variable} is not a setting of fieldlog (known: {', '.join(sorted(known))})")
        try:
            return cls()
        except ValidationError as error:
            first = error.errors()[0]
            variable = PREFIX + str(first["loc"][0]).upper()
            value = "…" if first["loc"][0] in SECRET else first["input"]
            raise WrongSettingError(f"{variable}={value}: {first['msg']}") from None


def secret_key(settings: Settings) -> str:
    """The key that signs sessions. Raises NotSetUpError when there is none."""
    try:
        key = settings.key_file.read_text(encoding="ascii").strip()
    except (OSError, UnicodeDecodeError):
        key = ""
    if len(key) < KEY_BYTES:
        raise NotSetUpError(f"{settings.key_file} holds no key: run `fieldlog init` first")
    return key


def make_secret_key(settings: Settings) -> None:
    """Make the key, readable by its owner only, unless there is one.

    Raises WrongSettingError when the instance folder cannot be made or written.
    """
    try:
        settings.instance.mkdir(parents=True, exist_ok=True)
        descriptor = os.open(settings.key_file, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    except FileExistsError:
        if settings.key_file.exists():
            return
        raise WrongSettingError(f"{PREFIX}INSTANCE={settings.instance}: is not a folder") from None
    except OSError as error:
        raise WrongSettingError(f"{PREFIX}INSTANCE={settings.instance}: {error.strerror}") from None
    with os.fdopen(descriptor, "w", encoding="ascii") as file:
        file.write(secrets.token_hex(KEY_BYTES))
