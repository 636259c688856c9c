"""What can be taken out of a programme, and what an added part of it is called in addresses."""

import re
import unicodedata
from collections.abc import Collection
from enum import StrEnum

from fieldlog.programmes.models import Commitment, FocusArea, Pledge, Programme

LONGEST = 32


class Part(StrEnum):
    """A part of a programme that can leave it."""

    PLEDGE = "pledge"
    COMMITMENT = "commitment"
    FOCUS_AREA = "focus-area"

    def of(self, row: Programme, slug: str) -> Pledge | Commitment | FocusArea | None:
        """The programme's part of that sort and slug."""
        found: dict[Part, list[Pledge] | list[Commitment] | list[FocusArea]] = {
            Part.PLEDGE: row.pledges,
            Part.COMMITMENT: [item for pledge in row.pledges for item in pledge.commitments],
            Part.FOCUS_AREA: row.focus_areas,
        }
        return next((part for part in found[self] if part.slug == slug), None)


def slug_for(title: str, taken: Collection[str]) -> str:
    """A slug out of a title, which no other part of its sort has: "Besök på gymnasiet" is besok-pa-gymnasiet."""
    plain = unicodedata.normalize("NFKD", title.lower()).encode("ascii", "ignore").decode()
    stem = re.sub(r"[^a-z0-9]+", "-", plain).strip("-")[: LONGEST - 3].strip("-") or "part"
    slugs = (stem if number == 1 else f"{stem}-{number}" for number in range(1, 99))
    return next(slug for slug in slugs if slug not in taken)
