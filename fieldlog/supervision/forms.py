"""Reading an address: which days it names."""

import re
from datetime import date

from fieldlog.supervision.models import Grain, Stretch

_SHAPES = {
    Grain.DAY: re.compile(r"(\d{4})-(\d\d)-(\d\d)", re.ASCII),
    Grain.WEEK: re.compile(r"(\d{4})-W(\d\d)", re.ASCII),
    Grain.MONTH: re.compile(r"(\d{4})-(\d\d)", re.ASCII),
}


def stretch_named(grain: Grain, address: str) -> Stretch | None:
    """The day, week or month of that address, such as 2026-11-21, 2026-W47 or 2026-11; None when there is none."""
    found = _SHAPES[grain].fullmatch(address)
    if not found:
        return None
    year, number, *day = (int(part) for part in found.groups())
    try:
        first = date.fromisocalendar(year, number, 1) if grain is Grain.WEEK else date(year, number, *(day or [1]))
        stretch = Stretch.around(first, grain)
    except (ValueError, OverflowError):
        return None
    return stretch if stretch.is_shown else None
