"""The municipality's areas, as they come with fieldlog."""

from sqlalchemy.orm import Session

from fieldlog.areas.actions import load_areas
from fieldlog.areas.models import Area
from fieldlog.areas.queries import areas


def test_ostersund_has_eleven_areas_in_swedish_order(session: Session) -> None:
    names = [place.name for place in areas(session, "2380")]
    assert len(names) == 11
    assert names[0] == "Brunflo"
    assert names[-1] == "Östersund"


def test_an_area_lies_in_jamtland_and_has_a_tile_of_its_own(session: Session) -> None:
    places = areas(session, "2380")
    assert all(62.5 < place.lat < 64 and 14 < place.lon < 15.5 for place in places)
    assert len({(place.col, place.row) for place in places}) == len(places)


def test_loading_again_adds_none_and_keeps_another_name(session: Session) -> None:
    area = session.get_one(Area, ("2380", "froso"))
    area.name = "Frösön"
    assert load_areas(session, "2380") == 11
    assert {place.slug: place.name for place in areas(session, "2380")}["froso"] == "Frösön"


def test_a_municipality_that_fieldlog_does_not_know_has_none(session: Session) -> None:
    assert load_areas(session, "0180") == 0
    assert areas(session, "0180") == []
