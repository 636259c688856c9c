"""The year that the tests ask about."""

from collections.abc import Callable
from datetime import date

from fieldlog.tallies.queries import Amount

YEAR = (date(2026, 1, 1), date(2026, 12, 31))
Total = Callable[[str], Amount]
