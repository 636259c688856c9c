"""Every text that a person reads has its English: none missing, none left over, none doubtful, none empty."""

import re

from babel.messages.mofile import read_mo

from tests.houserules.catalogue import ENGLISH, english, swedish, translated


def test_nothing_is_missing() -> None:
    missing = {text: file for text, file in swedish().items() if english().get(text) is None}
    assert not missing, f"no English for {missing}; `make translations` adds the lines to fill in"


def test_nothing_is_left_over() -> None:
    known = swedish()
    left = [message.id for message in translated() if message.id not in known]
    assert not left, f"nothing says {left} any more; `make translations` removes them"
    assert not english().obsolete, "`make translations` removes what is commented out"


def test_everything_is_said() -> None:
    for message in translated():
        strings = message.string if isinstance(message.string, tuple) else (message.string,)
        assert all(strings), f"the English of {message.id!r} is empty"
        assert not message.fuzzy, f"the English of {message.id!r} is marked as doubtful"


def test_the_placeholders_are_the_same() -> None:
    for message in translated():
        texts = message.id if isinstance(message.id, tuple) else (message.id,)
        strings = message.string if isinstance(message.string, tuple) else (message.string,)
        names = [set(re.findall(r"%\((\w+)\)", text)) for text in (*texts, *strings)]
        assert names[-1] == names[len(texts) - 1], f"{message.id!r} and its English name other values: {names}"


def test_what_is_written_is_what_is_shown() -> None:
    """The compiled catalogue is the written one."""
    with ENGLISH.with_suffix(".mo").open("rb") as compiled:
        shown = read_mo(compiled)
    for message in translated():
        found = shown.get(message.id)
        is_same = found is not None and list(found.string or "") == list(message.string or "")
        assert is_same, f"the compiled English of {message.id!r} is old: `make check` compiles it anew"
