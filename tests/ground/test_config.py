"""Settings: what is not set has a default, and what is wrong is said in one line."""

import stat
from pathlib import Path

import pytest
from sqlalchemy import text

from fieldlog.config import NotSetUpError, Settings, WrongSettingError, make_secret_key, secret_key
from fieldlog.database import Database


def test_nothing_needs_to_be_set() -> None:
    settings = Settings.from_environment()
    assert settings.municipality == "2380"
    assert settings.database.startswith("sqlite:///")


def test_the_sqlite_file_lies_in_the_instance_folder(tmp_path: Path) -> None:
    assert Settings(instance=tmp_path).database == f"sqlite:///{tmp_path}/fieldlog.sqlite"


@pytest.mark.parametrize("folder", ["with space", "50%20off", "what?", "a#b", "åäö", "it's"])
def test_the_instance_folder_can_have_any_name(tmp_path: Path, folder: str) -> None:
    settings = Settings(instance=tmp_path / folder)
    make_secret_key(settings)
    database = Database(settings.database)
    database.write(lambda session: session.execute(text("create table tried (x int)")))
    database.close()
    assert (tmp_path / folder / "fieldlog.sqlite").exists()


def test_another_database_can_be_set(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("FIELDLOG_DATABASE_URL", "postgresql://localhost/fieldlog")
    assert Settings.from_environment().database == "postgresql://localhost/fieldlog"


@pytest.mark.parametrize(
    ("variable", "value"),
    [
        ("FIELDLOG_THREADS", "many"),
        ("FIELDLOG_THREADS", "0"),
        ("FIELDLOG_DATABASE_URL", "mysql://localhost/fieldlog"),
        ("FIELDLOG_DATABASE_URL", "postgresql://host:port:port/x"),
        ("FIELDLOG_DATABASE_URL", "sqlite:///"),
        ("FIELDLOG_MUNICIPALITY", "Östersund"),
        ("FIELDLOG_INSTANCE", ""),
        ("FIELDLOG_SIGN_IN_LIMIT", "10 per 0 minutes"),
        ("FIELDLOG_SIGN_IN_LIMIT", "0 per minute"),
        ("FIELDLOG_SIGN_IN_LIMIT", "a few"),
        ("FIELDLOG_SYNC_LIMIT", "600"),
        ("FIELDLOG_HTTPS", "perhaps"),
        ("FIELDLOG_COLOUR", "blue"),
        ("FIELDLOG_URL", "faltlogg.example"),
        ("FIELDLOG_URL", "https://faltlogg.example/"),
        ("FIELDLOG_SMTP_PORT", "0"),
        ("FIELDLOG_SMTP_TLS", "ssl"),
        ("FIELDLOG_SMTP_PASSWORD", "hunter2"),
        ("FIELDLOG_MAIL_FROM", "Fältlogg <a@b.se>"),
    ],
)
def test_a_wrong_setting_is_named_in_one_line(monkeypatch: pytest.MonkeyPatch, variable: str, value: str) -> None:
    monkeypatch.setenv(variable, value)
    with pytest.raises(WrongSettingError) as caught:
        Settings.from_environment()
    assert variable in str(caught.value)
    assert "\n" not in str(caught.value)


def mail(monkeypatch: pytest.MonkeyPatch, **changed: str) -> None:
    """Set what mail needs, with some of it changed."""
    usual = {"URL": "https://faltlogg.example", "SMTP_HOST": "smtp.example", "MAIL_FROM": "a@b.se"}
    for name, value in (usual | {"SMTP_USER": "u", "SMTP_PASSWORD": "hunter2"} | changed).items():
        monkeypatch.setenv(f"FIELDLOG_{name}", value)


def test_mail_is_handed_to_the_server_that_is_set(monkeypatch: pytest.MonkeyPatch) -> None:
    assert Settings.from_environment().mail is None
    mail(monkeypatch)
    server = Settings.from_environment().mail
    assert server is not None
    assert (server.host, server.port, server.security, server.password) == ("smtp.example", 587, "starttls", "hunter2")
    assert "hunter2" not in repr(Settings.from_environment())


@pytest.mark.parametrize(
    ("changed", "said"),
    [
        ({"SMTP_TLS": "none"}, "FIELDLOG_SMTP_TLS=none: Value error, would send the password"),
        ({"SMTP_USER": ""}, "FIELDLOG_SMTP_PASSWORD=…"),
        ({"SMTP_PASSWORD": ""}, "FIELDLOG_SMTP_PASSWORD=…"),
        ({"MAIL_FROM": ""}, "FIELDLOG_MAIL_FROM=: Value error, mail needs this"),
        ({"URL": ""}, "FIELDLOG_MAIL_FROM=a@b.se: Value error, mail needs this, FIELDLOG_URL"),
    ],
)
def test_settings_for_mail_that_do_not_go_together_are_named_without_the_password(
    monkeypatch: pytest.MonkeyPatch, changed: dict[str, str], said: str
) -> None:
    mail(monkeypatch, **changed)
    with pytest.raises(WrongSettingError) as caught:
        Settings.from_environment()
    assert str(caught.value).startswith(said)
    assert "hunter2" not in str(caught.value)


@pytest.mark.parametrize("address", ["postgres://u:{}@host/db", "postgresql://u:{}@h:port/db"])
def test_a_wrong_database_address_is_refused_without_its_password(
    monkeypatch: pytest.MonkeyPatch, address: str
) -> None:
    monkeypatch.setenv("FIELDLOG_DATABASE_URL", address.format("hunter2"))
    with pytest.raises(WrongSettingError) as caught:
        Settings.from_environment()
    assert "hunter2" not in str(caught.value)


def test_the_key_is_made_once_and_for_its_owner_only(tmp_path: Path) -> None:
    settings = Settings(instance=tmp_path / "instance")
    make_secret_key(settings)
    first = secret_key(settings)
    make_secret_key(settings)
    assert secret_key(settings) == first
    assert stat.S_IMODE(settings.key_file.stat().st_mode) == 0o600


@pytest.mark.parametrize("content", [None, "", "short", "å" * 40])
def test_without_a_proper_key_it_says_what_to_run(tmp_path: Path, content: str | None) -> None:
    settings = Settings(instance=tmp_path)
    if content is not None:
        settings.key_file.write_text(content, encoding="utf-8")
    with pytest.raises(NotSetUpError, match="fieldlog init"):
        secret_key(settings)


def test_an_instance_folder_that_cannot_be_is_a_wrong_setting(tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    for place in (tmp_path / "file", tmp_path / "file" / "below"):
        with pytest.raises(WrongSettingError, match="FIELDLOG_INSTANCE"):
            make_secret_key(Settings(instance=place))
