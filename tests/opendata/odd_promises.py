"""A programme with every sort of promise: limited, in parts, by a day, in each week, shares, changed, planned."""

from datetime import date
from typing import Any

from fieldlog.actors import Organisation
from fieldlog.labels import Label
from fieldlog.programmes.forms import CommitmentText, PledgeText, ProgrammeText
from fieldlog.programmes.queries import OSTERSUND, read_programme

FIRST, LAST = date(2026, 10, 20), date(2026, 12, 5)
"""In the middle of months, around the days on which a random shift works."""

CONTROLS, SCHOOL = ["traffic-control.controls"], ["traffic-control.near-school"]
SHARE = {
    "part": ["server-training.passed"],
    "whole": ["server-training.participants"],
    "lacking": ["traffic-control.controls", "traffic-control.vehicles"],
    "lacking_is": {"sv": "{n} saknas", "en": "{n} are missing"},
    "at_least_percent": 70,
    "whole_is": {"sv": "deltagare", "en": "participants"},
    "none": {"sv": "ingen", "en": "none"},
}
PARTS = [
    {"label": {"sv": "i oktober", "en": "in October"}, "limit": {"months": [10]}, "target": {"at_least": 2}},
    {
        "label": {"sv": "i Lit", "en": "in Lit"},
        "limit": {"areas": ["lit"]},
        "target": {"at_least": 1, "window": "week"},
    },
]
APART = [
    {
        "label": {"sv": "i Lit också", "en": "in Lit too"},
        "limit": {"areas": ["lit"]},
        "target": {"at_least": 1},
        "setting": "in-addition",
    }
]
BESIDE = [
    {"label": {"sv": "vid skola", "en": "near a school"}, "counts": SCHOOL, "of": CONTROLS},
    {"label": {"sv": "misstänkta", "en": "suspected"}, "counts": ["traffic-control.suspected"]},
]
ODD: dict[str, dict[str, Any]] = {
    "limited": {"rule": {"limit": {"weekdays": [4, 6], "areas": ["lit", "brunflo"]}, "target": {"at_least": 4}}},
    "in-parts": {"rule": {"target": {"at_least": 5, "upto": 9}, "parts": PARTS, "beside": BESIDE, "spread": True}},
    "apart": {"rule": {"target": {"at_least": 3}, "parts": APART}},
    "weekly": {"rule": {"target": {"at_least": 1, "window": "week"}}},
    "on-average": {"rule": {"target": {"at_least": 8, "window": "month", "average": True}}},
    "by-a-day": {"rule": {"target": {"at_least": 2, "by": "2026-11-03"}}},
    "joined": {"rule": {"target": {"at_least": 13}}, "first_day": "2026-10-26", "last_day": "2026-11-15"},
    "changed": {"rule": {"beside": BESIDE}, "changes": [{"valid_from": "2026-10-28", "rule": {"counts": SCHOOL}}]},
    "planned": {"rule": {"target": {"at_least": 20}}, "plans": [{"months": [{"month": "2026-11-01", "amount": 20}]}]},
    "share": {"rule": {"counts": SHARE["part"], "share": SHARE}},
    "sensitive": {"rule": {"counts": ["help-offer.offers"], "target": {"at_least": 14}}},
    "never": {"rule": {"counts": ["help-offer.offers"], "limit": {"weekdays": [1]}}},
}


def odd_programme() -> ProgrammeText:
    """Östersund's, on those days, with the odd promises as one more pledge."""
    base = read_programme(OSTERSUND).for_year(2026)
    pledge = PledgeText(
        slug="odd",
        title=Label("Udda", "Odd"),
        promise=Label("Lovat.", "Promised."),
        promised_by=(Organisation.POLICE,),
        commitments=tuple(_commitment(slug, told) for slug, told in ODD.items()),
    )
    return base.model_copy(update={"first_day": FIRST, "last_day": LAST, "pledges": (*base.pledges, pledge)})


def _commitment(slug: str, told: dict[str, Any]) -> CommitmentText:
    words = {"sv": slug, "en": slug}
    return CommitmentText.model_validate(
        {
            **told,
            **{"slug": slug, "title": words, "text": words, "promised_by": ["police"], "focus": ["traffic"]},
            "rule": _rule(told["rule"]),
            "changes": [{**change, "rule": _rule(change["rule"])} for change in told.get("changes", [])],
            "plans": [{"valid_from": str(FIRST), "plan": plan} for plan in told.get("plans", [])],
        }
    )


def _rule(told: dict[str, Any]) -> dict[str, Any]:
    noun = {"sv": "kontroller", "en": "controls"}
    return {"counts": CONTROLS, "noun": noun, "one": {"sv": "kontroll", "en": "control"}, **told}
