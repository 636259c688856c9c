"""The year's figures."""

import pytest
from sqlalchemy.orm import Session

from fieldlog.tallies.queries import Amount, figures
from tests.tallies.year import YEAR, Total


@pytest.fixture
def total(session: Session) -> Total:
    def ask(ref: str) -> Amount:
        return figures(session, "2380", *YEAR, [ref]).total(ref, *YEAR)

    return ask
