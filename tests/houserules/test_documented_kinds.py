"""docs/kinds.md lists the kinds as they are declared."""

import re

from fieldlog.kind import Kind
from fieldlog.kinds import KINDS
from tests.houserules.tree import ROOT

SOFT_HYPHEN = "\u00ad"


def row(kind: Kind) -> str:
    """The kind's line in the table."""
    shown = [
        ", ".join(measure.name for measure in kind.measures.values() if measure.public == publicity)
        for publicity in ("open", "period", "never")
    ]
    parts = [f"`{kind.slug}`", kind.label.sv.replace(SOFT_HYPHEN, ""), ", ".join(kind.logged_by), *shown]
    return "| " + " | ".join(parts) + " |"


def test_every_kind_is_listed_as_it_is() -> None:
    page = (ROOT / "docs" / "kinds.md").read_text(encoding="utf-8")
    listed = re.findall(r"^\| `.*$", page, re.MULTILINE)
    expected = [row(kind) for kind in KINDS.values()]
    wrong = [line for line in expected if line not in listed]
    assert not wrong, "docs/kinds.md lacks:\n" + "\n".join(wrong)
    assert listed == expected, "docs/kinds.md lists kinds that do not exist, or in another order"
