"""Whatever an entry is, it is answered."""

import json
from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from fieldlog.database import Database
from fieldlog.sync import forms
from fieldlog.sync.actions import take
from fieldlog.sync.models import Unreadable
from tests.fixtures.people import person
from tests.fixtures.work import NOW
from tests.kinds.answers import ANY_JSON, repeatable
from tests.sync.phone import an_entry

ENTRIES = st.fixed_dictionaries(
    {},
    optional={
        name: ANY_JSON | st.just(value)
        for name, value in (an_entry() | {"replaces": None, "void": False, "reason": "other"}).items()
    }
    | {"answers": st.dictionaries(st.sampled_from(["vehicles", "place", "focus"]), ANY_JSON, max_size=3)},
)


def test_whatever_is_sent_is_answered_on_both_databases(database: Database) -> None:
    by = person(database, "officer")

    @repeatable(150)
    @given(st.lists(ENTRIES | ANY_JSON, max_size=4))
    def tried(sent: list[Any]) -> None:
        entries = [forms.entry(forms.parse(json.dumps(one).encode()), NOW) for one in sent]
        results = database.write(lambda session: take(session, entries, by, NOW))
        assert len(results) == len(sent)
        for entry, result in zip(entries, results, strict=True):
            assert result.reasons if isinstance(entry, Unreadable) else result.outcome

    tried()
