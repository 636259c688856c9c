"""The server, really started: what `make run` does."""

import os
import re
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from http import HTTPStatus
from pathlib import Path
from urllib.error import URLError
from urllib.request import urlopen

import pytest

COMMAND = [sys.executable, "-c", "from fieldlog.cli import main; main()"]


@pytest.fixture
def port() -> int:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        number: int = free.getsockname()[1]
    return number


@contextmanager
def running(instance: Path, port: int) -> Iterator[subprocess.Popen[str]]:
    """The practice server, from its first answer on."""
    started = time.monotonic()
    environment = os.environ | {"FIELDLOG_INSTANCE": str(instance), "PORT": str(port), "PYTHONUNBUFFERED": "1"}
    process = subprocess.Popen([*COMMAND, "practice"], env=environment, stdout=subprocess.PIPE, text=True)
    try:
        while not _answers(port):
            assert process.poll() is None, "the server ended"
            assert time.monotonic() - started < 30, "the server does not answer"
            time.sleep(0.02)
        yield process
    finally:
        process.send_signal(signal.SIGTERM)
        process.wait(10)


def _answers(port: int) -> bool:
    try:
        with urlopen(f"http://127.0.0.1:{port}/healthz", timeout=5) as answer:
            status: int = answer.status
            return status == HTTPStatus.OK
    except (URLError, ConnectionError):
        return False


def test_the_first_start_makes_practice_accounts_and_the_second_keeps_them(tmp_path: Path, port: int) -> None:
    with running(tmp_path, port) as process:
        pass
    first = process.communicate()[0]
    assert process.returncode == 0
    assert len(re.findall(r"[a-z2-9]{4}-[a-z2-9]{4}-[a-z2-9]{4}", first)) == 7
    assert f"http://127.0.0.1:{port}" in first
    with running(tmp_path, port) as process:
        pass
    assert "Practice accounts" not in process.communicate()[0]


def test_a_port_that_is_taken_is_said_in_one_line(tmp_path: Path, port: int) -> None:
    environment = os.environ | {"FIELDLOG_INSTANCE": str(tmp_path), "PORT": str(port)}
    subprocess.run([*COMMAND, "init"], env=environment, check=True, capture_output=True)
    with socket.create_server(("127.0.0.1", port)):
        answer = subprocess.run([*COMMAND, "serve"], env=environment, capture_output=True, text=True, check=False)
    assert answer.returncode == 1
    assert answer.stderr.startswith(f"fieldlog: cannot listen on 127.0.0.1:{port}")
    assert answer.stderr.count("\n") == 1
    assert answer.stdout == ""


@pytest.mark.parametrize(
    ("words", "port"), [(["serve"], "9" * 5000), (["serve", "--host", "nowhere.invalid"], "8000"), (["serve"], "0")]
)
def test_an_address_that_cannot_be_is_said_in_one_line(tmp_path: Path, words: list[str], port: str) -> None:
    environment = os.environ | {"FIELDLOG_INSTANCE": str(tmp_path), "PORT": port}
    subprocess.run([*COMMAND, "init"], env=environment, check=True, capture_output=True)
    answer = subprocess.run([*COMMAND, *words], env=environment, capture_output=True, text=True, check=False)
    assert answer.returncode != 0
    assert answer.stderr.startswith("fieldlog: ")
    assert answer.stderr.count("\n") == 1
