"""Sending mail, to a real server: what arrives, and what is known of what does not."""

import socket
from datetime import datetime
from pathlib import Path
from threading import Thread

import pytest
from hypothesis import given
from hypothesis import strategies as st

from fieldlog.mail import NotSentError, PerhapsSentError, Post, Server, ServerAwayError, is_address, message
from tests.fixtures.post import SECRET, SENDER, USER, Office, delivering

TO = "asa.berg@ostersund.example"
TEXT = "Trafikkontroll: 3 åäö\n.\n.. en rad som börjar med en punkt\nSlut\n"


def server(port: int, **changed: object) -> Server:
    usual: dict[str, object] = {"host": "127.0.0.1", "port": port, "security": "none", "sender": SENDER}
    return Server(**{**usual, "sender_name": "Fältlogg", "timeout": 2.0, **changed})  # type: ignore[arg-type]


def send(to: Server, now: datetime, *addresses: str) -> None:
    with Post(to) as post:
        for address in addresses or (TO,):
            post.send(message(to, address, "Fältlogg: lördag", TEXT, now))


def test_a_letter_arrives_as_it_was_written(office: Office, now: datetime) -> None:
    with delivering(office) as port:
        send(server(port), now)
    ((to, letter),) = office.letters
    assert to == TO
    assert letter.get_content().replace("\r\n", "\n") == TEXT
    assert (letter["Subject"], letter["From"], letter["To"]) == ("Fältlogg: lördag", f"Fältlogg <{SENDER}>", TO)
    assert letter["Date"].datetime == now
    assert letter["Message-ID"].endswith("@ostersund.example>")
    assert letter["Auto-Submitted"] == "auto-generated"
    assert letter.get_content_type() == "text/plain"


def test_starttls_and_a_password_are_used_where_they_are_wanted(
    office: Office, certificate: Path, now: datetime, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("SSL_CERT_FILE", str(certificate.with_suffix(".crt")))
    with delivering(office, certificate) as port:
        wanted = server(port, host="localhost", security="starttls", user=USER, password=SECRET)
        send(wanted, now)
        with pytest.raises(ServerAwayError, match=r"refuses the user or the password \(535\)"):
            send(server(port, host="localhost", security="starttls", user=USER, password="guess"), now)
    assert len(office.letters) == 1


def test_a_certificate_that_nobody_vouches_for_gets_no_password(
    office: Office, certificate: Path, now: datetime
) -> None:
    with delivering(office, certificate) as port, pytest.raises(ServerAwayError, match="certificate"):
        send(server(port, host="localhost", security="starttls", user=USER, password=SECRET), now)


def test_a_server_without_starttls_gets_nothing_in_clear(office: Office, now: datetime) -> None:
    with delivering(office) as port, pytest.raises(ServerAwayError, match="does not offer"):
        send(server(port, security="starttls"), now)
    assert office.letters == []


def test_a_refused_address_is_told_and_the_next_letter_goes_out(office: Office, now: datetime) -> None:
    office.refused[TO] = "550 nobody of that name"
    with delivering(office) as port, Post(to := server(port)) as post:
        with pytest.raises(NotSentError, match="answered 550"):
            post.send(message(to, TO, "One", TEXT, now))
        post.send(message(to, "other@ostersund.example", "Two", TEXT, now))
    assert [address for address, _ in office.letters] == ["other@ostersund.example"]


def test_a_letter_that_went_out_whole_and_was_not_answered_was_perhaps_sent(office: Office, now: datetime) -> None:
    office.silent.add(TO)
    with delivering(office) as port, pytest.raises(PerhapsSentError):
        send(server(port), now)


def test_a_server_that_is_down_is_away(now: datetime) -> None:
    with socket.socket() as closed:
        closed.bind(("127.0.0.1", 0))
        with pytest.raises(ServerAwayError):
            send(server(closed.getsockname()[1]), now)


@pytest.mark.parametrize("greeting", [b"", b"220 hello\r\n", b"554 go away\r\n", b"\xff\xfe nothing like it\r\n"])
def test_a_server_that_says_nothing_more_is_away_and_not_waited_for(now: datetime, greeting: bytes) -> None:
    with socket.create_server(("127.0.0.1", 0)) as slow:
        taken: list[socket.socket] = []

        def greet() -> None:
            taken.append(slow.accept()[0])
            taken[0].sendall(greeting)

        thread = Thread(target=greet)
        thread.start()
        with pytest.raises(ServerAwayError):
            send(server(slow.getsockname()[1], timeout=0.2), now)
        thread.join()
        taken[0].close()


@pytest.mark.parametrize(
    "text",
    [
        "", "asa", "asa@", "@kommun.se", "asa@kommun", "a b@kommun.se", "asa@kommun.se\r\nBcc: x@y.se",
        "asa@kommun.se\n", "a@b.se, c@d.se", "Asa <asa@kommun.se>", "åsa@kommun.se", "asa@kommun..se",
        "asa@-kommun.se", "a" * 65 + "@b.se", "a@" + "b." * 150 + "se", "asa@kommun.se\0", "x" * 100_000,
    ],
)  # fmt: skip
def test_what_is_no_plain_address_is_refused(text: str, now: datetime) -> None:
    assert not is_address(text)
    with pytest.raises(ValueError, match="not a mail address"):
        message(server(25), text, "-", "-", now)


@given(st.text(), st.text(max_size=30), st.text(max_size=30))
def test_nothing_becomes_another_header(text: str, subject: str, name: str) -> None:
    now = datetime.fromisoformat("2026-11-21T21:40+01:00")
    printable = "".join(mark for mark in name if mark.isprintable())
    try:
        made = message(server(25, sender_name=printable), TO, subject, text.encode("utf-8", "replace").decode(), now)
        wire = made.as_bytes()
    except (ValueError, UnicodeError):
        return
    head = wire.partition(b"\r\n\r\n")[0].replace(b"\r\n ", b" ")
    names = sorted(line.partition(b":")[0].decode() for line in head.split(b"\r\n"))
    assert names == sorted([*made.keys()])
    assert "Bcc" not in names


def test_a_password_is_not_shown(now: datetime) -> None:
    assert SECRET not in repr(server(25, password=SECRET))
