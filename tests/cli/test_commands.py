"""The command line: every command says in one line why it will not, and init can be run again and again."""

import stat
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from fieldlog.cli import main

PASSWORD = "a long password\n"


class Shell:
    """Runs commands in an instance folder of its own."""

    def __init__(self, instance: Path) -> None:
        self.environment = {"FIELDLOG_INSTANCE": str(instance)}

    def __call__(self, *words: str, typed: str = "", **environment: str) -> Result:
        return CliRunner().invoke(main, list(words), input=typed, env=self.environment | environment)


@pytest.fixture
def shell(tmp_path: Path) -> Shell:
    return Shell(tmp_path / "instance")


@pytest.fixture
def ready(shell: Shell) -> Shell:
    assert shell("init", "--year", "2026").exit_code == 0
    return shell


def add(shell: Shell, name: str, *more: str, typed: str = PASSWORD) -> Result:
    choices = ("--organisation", "police", "--role", "reporter")
    return shell("account", "add", name, *choices, "--password-stdin", *more, typed=typed)


class TestInit:
    def test_it_makes_the_database_and_the_key_for_their_owner_only(self, ready: Shell, tmp_path: Path) -> None:
        for name in ("fieldlog.sqlite", "secret.key"):
            assert stat.S_IMODE((tmp_path / "instance" / name).stat().st_mode) == 0o600

    def test_it_can_be_repeated_and_keeps_what_is_there(self, ready: Shell, tmp_path: Path) -> None:
        key = (tmp_path / "instance" / "secret.key").read_text()
        add(ready, "asa")
        again = ready("init", "--year", "2026")
        assert again.exit_code == 0
        assert "Loaded" not in again.output
        assert (tmp_path / "instance" / "secret.key").read_text() == key
        assert "asa" in ready("account", "list").output

    def test_it_makes_no_account(self, ready: Shell) -> None:
        assert ready("account", "list").output == ""


class TestAccount:
    def test_an_account_is_added_listed_and_disabled(self, ready: Shell) -> None:
        assert add(ready, "Åsa", "--unit", "turlag-3").output == "Added åsa: police, reporter, unit turlag-3\n"
        assert ready("account", "list").output == "åsa\tpolice\treporter\tturlag-3\topen\n"
        assert ready("account", "disable", "ÅSA").exit_code == 0
        assert "disabled 20" in ready("account", "list").output

    def test_a_password_is_changed(self, ready: Shell) -> None:
        add(ready, "asa")
        assert ready("account", "password", "asa", "--password-stdin", typed="another password\n").exit_code == 0

    def test_without_standard_input_the_password_is_asked_for(self, ready: Shell) -> None:
        add(ready, "asa")
        answer = ready("account", "password", "asa", typed=PASSWORD * 2)
        assert answer.exit_code == 0
        assert "a long password" not in answer.output

    @pytest.mark.parametrize(
        ("words", "typed", "reason"),
        [
            (("add", "asa"), "too short\n", "the password must have 10"),
            (("add", "asa", "--unit", "turlag-9"), PASSWORD, "police has no unit turlag-9"),
            (("add", "two words"), PASSWORD, "a name has"),
            (("add", "taken"), PASSWORD, "there is an account named taken already"),
            (("disable", "nobody"), "", "there is no account named nobody"),
            (("password", "nobody", "--password-stdin"), PASSWORD, "there is no account named nobody"),
        ],
    )
    def test_a_refusal_is_one_line(self, ready: Shell, words: tuple[str, ...], typed: str, reason: str) -> None:
        add(ready, "taken")
        command, name, *more = words
        answer = add(ready, name, *more, typed=typed) if command == "add" else ready("account", *words, typed=typed)
        assert answer.exit_code == 1
        assert answer.stdout == ""
        assert answer.stderr.startswith(f"fieldlog: {reason}")
        assert answer.stderr.count("\n") == 1


class TestTrouble:
    @pytest.mark.parametrize("words", [("init",), ("serve",), ("account", "list"), ("practice",)])
    def test_a_wrong_setting_stops_every_command_with_one_line(self, shell: Shell, words: tuple[str, ...]) -> None:
        answer = shell(*words, FIELDLOG_THREADS="many")
        assert answer.exit_code == 2
        assert answer.stdout == ""
        assert answer.stderr.startswith("fieldlog: FIELDLOG_THREADS=many")
        assert answer.stderr.count("\n") == 1

    @pytest.mark.parametrize("port", ["web", "0", "70000", "²"])
    def test_a_wrong_port_is_a_wrong_setting(self, shell: Shell, port: str) -> None:
        answer = shell("serve", PORT=port)
        assert (answer.exit_code, answer.stderr) == (2, f"fieldlog: PORT={port}: must be a port from 1 to 65535\n")

    @pytest.mark.parametrize("words", [("serve",), ("account", "list")])
    def test_before_init_it_says_to_run_init(self, shell: Shell, tmp_path: Path, words: tuple[str, ...]) -> None:
        (tmp_path / "instance").mkdir()
        answer = shell(*words)
        assert answer.exit_code == 1
        assert "fieldlog init" in answer.stderr
        assert answer.stderr.count("\n") == 1

    def test_a_database_that_is_away_is_said_in_one_line(self, shell: Shell) -> None:
        answer = shell("account", "list", FIELDLOG_DATABASE_URL="postgresql://nobody@127.0.0.1:1/nothing")
        assert answer.exit_code == 1
        assert answer.stderr.startswith("fieldlog: the database does not answer")
        assert answer.stderr.count("\n") == 1

    def test_an_instance_folder_that_cannot_be_made_is_a_wrong_setting(self, shell: Shell, tmp_path: Path) -> None:
        (tmp_path / "instance").touch()
        answer = shell("init")
        assert answer.exit_code == 2
        assert answer.stderr.startswith("fieldlog: FIELDLOG_INSTANCE=")


def test_every_command_has_help(shell: Shell) -> None:
    assert shell("--help").exit_code == 0
    for command in main.commands:
        assert shell(command, "--help").exit_code == 0
