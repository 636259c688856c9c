"""docs/open-data.md names every column of the open data, and no other."""

import re

import pytest

from fieldlog.opendata.models import TABLES
from tests.houserules.tree import ROOT


@pytest.mark.parametrize("name", TABLES)
def test_every_column_is_described(name: str) -> None:
    text = (ROOT / "docs" / "open-data.md").read_text(encoding="utf-8")
    chapter = text.partition(f"## {name}\n")[2].partition("\n## ")[0]
    named = [
        column for row in re.findall(r"^\| (`.*?) \|", chapter, re.MULTILINE) for column in re.findall(r"`(\w+)`", row)
    ]
    assert named == [field.name for field in TABLES[name][1]]
