"""The data dictionary: every column of the open data, what it holds and what it means. It grows and never shrinks."""

from collections.abc import Sequence
from hashlib import sha256
from typing import Any, Literal, NamedTuple

from fieldlog.labels import Label
from fieldlog.sheets import Column

CC0 = "https://creativecommons.org/publicdomain/zero/1.0/"
CSV, JSON = "text/csv", "application/json"

Type = Literal["string", "integer", "boolean", "date"]


class Field(NamedTuple):
    """A column; one that ``may_lack`` is empty in some rows (null in JSON)."""

    name: str
    type: Type
    meaning: Label
    may_lack: bool = False

    @property
    def column(self) -> Column:
        return Column(self.name, "number" if self.type == "integer" else "text")


def _text(name: str, sv: str, en: str) -> Field:
    return Field(name, "string", Label(sv, en))


WHOSE = (
    _text("municipality", "Kommunkod, fyra siffror", "Code of the municipality, four digits"),
    _text("programme", "Vilket medborgarlöfte (period)", "Which programme (period)"),
    _text("pledge", "Vilket löfte", "Which pledge"),
    _text("commitment", "Vilket åtagande", "Which commitment"),
)

DAILY = (
    *WHOSE,
    _text("measure", "Vilket mått, till exempel traffic-control.controls", "Which measure"),
    Field("day", "date", Label("Dagen då arbetet började", "The day on which the work began")),
    Field(
        "area",
        "string",
        Label("Kommundel. Tom: ingen angavs", "Area. Empty: none was given"),
        may_lack=True,
    ),
    Field("amount", "integer", Label("Måttets summa, som den är nu", "The measure's sum as it is now")),
    Field(
        "entries",
        "integer",
        Label("Så många aktiviteter kommer summan ur, nollor medräknade", "How many entries it is the sum of"),
    ),
    Field(
        "counted",
        "boolean",
        Label(
            "Om summan räknas in i åtagandets ställning, efter den regel som gällde den dagen",
            "Whether it counts in the commitment's tally, by the rule in force on that day",
        ),
    ),
    Field(
        "first_told",
        "integer",
        Label(
            "Summan utan det som ändrade månaden sedan den offentliggjorts som färdig",
            "The sum without what changed the month after it had been told as finished",
        ),
    ),
    Field(
        "revised_on",
        "date",
        Label("Dagen då en färdig månad senast ändrades här", "When a finished month was last changed here"),
        may_lack=True,
    ),
)

PERIOD = (
    *WHOSE,
    _text("number", "tally: ställningen. beside: ett tal bredvid", "tally: the tally. beside: a number beside it"),
    _text("measures", "Måtten som summeras, med mellanslag", "The measures that are added up, with spaces"),
    Field(
        "of",
        "string",
        Label("Måtten som det är en del av", "The measures that it is a part of"),
        may_lack=True,
    ),
    _text("label_sv", "Vad som räknas, på svenska", "What is counted, in Swedish"),
    _text("label_en", "Vad som räknas, på engelska", "What is counted, in English"),
    Field(
        "amount",
        "integer",
        Label("Summan för hela perioden. Tom: färre än fem", "The sum of the whole period. Empty: fewer than five"),
        may_lack=True,
    ),
    Field("whole", "integer", Label("Det hela som det är en del av", "The whole that it is a part of"), may_lack=True),
    Field(
        "lacking",
        "integer",
        Label("Så många aktiviteter saknar uppgiften", "How many entries lack what it needs"),
        may_lack=True,
    ),
)

TABLES: dict[str, tuple[Label, tuple[Field, ...]]] = {
    "daily": (
        Label(
            "Öppna mått per dag, åtagande och kommundel",
            "Open measures by day, commitment and area",
        ),
        DAILY,
    ),
    "period": (
        Label(
            "Känsliga mått: en summa var för hela perioden, som ändras först när minst fem har tillkommit",
            "Sensitive measures: one sum each for the whole period, renewed when at least five have been added",
        ),
        PERIOD,
    ),
}
COMMITMENTS = Label(
    "Löften och åtaganden med sina räkneregler, kommundelar, och vad som hålls inne och varför",
    "Pledges and commitments with their counting rules, the areas, and what is held back and why",
)
SHAPE = sha256(repr(TABLES).encode()).hexdigest()[:12]
"""Another one whenever the columns are others."""


def package(programme: str, title: Label) -> dict[str, Any]:
    """The dictionary for programs: a Frictionless Data Package of the programme's tables."""
    return {
        "profile": "tabular-data-package",
        "name": programme,
        "title": title.sv,
        "licenses": [{"name": "CC0-1.0", "path": CC0, "title": "Creative Commons CC0 1.0"}],
        "resources": [
            {
                "name": name,
                "path": f"{name}.csv",
                "profile": "tabular-data-resource",
                "title": about.sv,
                "description": about.en,
                "format": "csv",
                "mediatype": CSV,
                "encoding": "utf-8",
                "schema": {"fields": [_described(field) for field in fields], "missingValues": [""]},
            }
            for name, (about, fields) in TABLES.items()
        ],
    }


def _described(field: Field) -> dict[str, Any]:
    told = {"name": field.name, "type": field.type, "title": field.meaning.sv, "description": field.meaning.en}
    return told if field.may_lack else told | {"constraints": {"required": True}}


Cell = str | int | bool | None
"""Days are texts, as ISO 8601 has them."""
Row = Sequence[Cell]
