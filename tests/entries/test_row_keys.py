"""What a row within an answer is known by stays with it, however its entry is corrected."""

from typing import Any
from uuid import UUID, uuid4

import pytest
from sqlalchemy.orm import Session

from fieldlog.actors import Actor
from fieldlog.entries.forms import Item
from fieldlog.entries.models import Entry
from tests.fixtures.work import correction, item, log

LAMP = {"category": "lighting", "where": "Gångtunneln"}
LITTER = {"category": "litter", "where": "Parken"}
TAG = {"category": "graffiti", "where": "Torget"}


def walk(*rows: dict[str, Any]) -> Item:
    return item("safety-walk", {"findings": list(rows)})


def stored(session: Session, sent: Item) -> list[dict[str, Any]]:
    rows: list[dict[str, Any]] = session.get_one(Entry, sent.id).answers["findings"]
    return rows


def keys(session: Session, sent: Item) -> list[str]:
    return [row["key"] for row in stored(session, sent)]


def test_a_key_that_the_phone_made_is_kept(session: Session, inspector: Actor) -> None:
    key = str(uuid4())
    sent = walk({"key": key, **LAMP})
    assert log(session, inspector, sent)[0].outcome == "accepted"
    assert stored(session, sent) == [{"key": key, **LAMP}]


def test_rows_without_keys_get_them_and_are_known_again(session: Session, inspector: Actor) -> None:
    sent = walk(LAMP, LAMP, LITTER)
    outcomes = [log(session, inspector, sent)[0].outcome for _ in range(2)]
    assert outcomes == ["accepted", "already"]
    assert len({UUID(key) for key in keys(session, sent)}) == 3


def test_a_correction_without_keys_leaves_each_row_its_own(session: Session, inspector: Actor) -> None:
    first = walk({"key": str(uuid4()), **LAMP}, LITTER, LAMP)
    lamp, litter, other_lamp = (log(session, inspector, first), keys(session, first))[1]
    moved = correction(first, {"findings": [LITTER, TAG, LAMP]})
    assert log(session, inspector, moved, moved)[1].outcome == "already"
    now = keys(session, moved)
    assert now[0] == litter
    assert now[2] == lamp
    assert now[1] not in {lamp, litter, other_lamp}


def test_a_row_keeps_its_key_when_its_words_change(session: Session, inspector: Actor) -> None:
    first = walk(LAMP, LITTER)
    log(session, inspector, first)
    lamp, litter = stored(session, first)
    changed = correction(first, {"findings": [litter, lamp | {"where": "Stora gångtunneln"}]})
    log(session, inspector, changed)
    assert keys(session, changed) == [litter["key"], lamp["key"]]


def test_the_second_of_two_equal_keys_gets_one_of_its_own(session: Session, inspector: Actor) -> None:
    key = str(uuid4())
    sent = walk({"key": key, **LAMP}, {"key": key, **LITTER})
    assert [log(session, inspector, sent)[0].outcome for _ in range(2)] == ["accepted", "already"]
    assert keys(session, sent)[0] == key
    assert len(set(keys(session, sent))) == 2


def test_the_same_id_with_another_key_is_another_content(session: Session, inspector: Actor) -> None:
    sent = walk({"key": str(uuid4()), **LAMP})
    log(session, inspector, sent)
    again = item("safety-walk", {"findings": [{"key": str(uuid4()), **LAMP}]}, id=sent.id)
    assert log(session, inspector, again)[0].reasons.keys() == {"id"}


@pytest.mark.parametrize("key", ["1", "", 5, {}, str(uuid4()).upper() + "A", "A" * 36], ids=range(6))
def test_what_is_no_key_is_refused(session: Session, inspector: Actor, key: object) -> None:
    (result,) = log(session, inspector, walk({"key": key, **LAMP}))
    assert result.reasons.keys() == {"findings"}


def test_a_key_alone_is_no_row(session: Session, inspector: Actor) -> None:
    sent = walk({"key": str(uuid4()), "category": None, "where": ""})
    log(session, inspector, sent)
    assert stored(session, sent) == []
