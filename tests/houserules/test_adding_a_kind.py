"""docs/adding-a-kind.md is true: its example, pasted where it says, is a whole kind."""

import doctest
import re
from datetime import datetime

import pytest
from flask import Flask

from fieldlog import fields
from fieldlog.clock import ZONE, local_day
from fieldlog.kind import Kind
from fieldlog.kinds import KINDS, streets
from fieldlog.measures import Circumstances, Rules
from fieldlog.tallies.queries import figures
from tests.fixtures.site import house_of, sign_in, submit
from tests.houserules.tree import ROOT

PAGE = (ROOT / "docs" / "adding-a-kind.md").read_text(encoding="utf-8")


def blocks(language: str) -> list[str]:
    return re.findall(rf"```{language}\n(.*?)```", PAGE, re.DOTALL)


def declared() -> Kind:
    """The kind that the page declares, with the names at hand that the file has to which it is added."""
    names = dict(vars(streets))
    exec(blocks("python")[0], names)
    (kind,) = [value for key, value in names.items() if isinstance(value, Kind) and key not in vars(streets)]
    return kind


def test_the_example_behaves_as_shown() -> None:
    examples = doctest.DocTestParser().get_doctest(
        "\n".join(blocks("pycon")), {"BICYCLE_MARKING": declared()}, "adding-a-kind.md", None, None
    )
    output: list[str] = []
    assert doctest.DocTestRunner().run(examples, out=output.append).failed == 0, "".join(output)


def test_the_example_counts() -> None:
    kind = declared()
    kept, wrong = kind.check({"setting": "school", "bicycles": 14})
    here = Circumstances(begins=datetime(2026, 5, 4, 12, tzinfo=ZONE), organisations=frozenset(), rules=Rules())
    assert not wrong
    assert kind.measure(kept, here) == {"occasions": 1, "bicycles": 14}, "what was not counted yields nothing"


def test_the_example_is_logged_and_counted_with_no_other_edit(app: Flask, monkeypatch: pytest.MonkeyPatch) -> None:
    kind = declared()
    monkeypatch.setitem(KINDS, kind.slug, kind)
    client = app.test_client()
    sign_in(client, "officer")
    form = client.get(f"/log/{kind.slug}").text
    shown = re.search(r'name="id"[^>]*value="([^"]+)"', form)
    assert shown, "the form hands out no id"
    answer = submit(client, f"/log/{kind.slug}", {"id": shown[1], "area": "-", "setting": "school", "bicycles": "14"})
    assert answer.status_code == 303, answer.text
    assert kind.label.sv in client.get("/entries").text
    house = house_of(app)
    today, wanted = local_day(house.clock()), f"{kind.slug}.bicycles"
    with house.database.read() as reading:
        total = figures(reading, "2380", today, today, [wanted], daily=True).total(wanted, today, today)
    assert (total.amount, total.entries) == (14, 1)


def test_every_field_is_explained() -> None:
    explained = set(re.findall(r"^\| `([A-Z]\w+)` \|", PAGE, re.MULTILINE))
    assert explained == {
        name for name in fields.__all__ if name in {field.__name__ for field in _concrete(fields.Field)}
    }


def test_every_part_that_is_explained_exists() -> None:
    parts = re.findall(r"^\| ((?:`[a-z_]+`(?:, )?)+) \|", PAGE, re.MULTILINE)
    for part in re.findall(r"`([a-z_]+)`", " ".join(parts)):
        assert part in Kind.__dataclass_fields__, f"docs/adding-a-kind.md explains {part}, which a kind does not have"


def _concrete(field: type[fields.Field]) -> list[type[fields.Field]]:
    below = [deeper for kind in field.__subclasses__() for deeper in (kind, *_concrete(kind))]
    return [kind for kind in below if hasattr(kind, "type")]
