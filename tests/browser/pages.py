"""Every page that a person can come to, for checks that hold on all of them."""

from uuid import UUID

from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page
from sqlalchemy.orm import Session

from fieldlog.kinds import logged_by
from fieldlog.web.scope import House
from tests.fixtures.people import PEOPLE, person
from tests.fixtures.work import item, log, log_one

AXE = Axe()
# Every rule is tried; what passes is not told at length.
VIOLATIONS = "async () => (await axe.run({ resultTypes: ['violations'] })).violations"
OWN = ["/log", "/entries", "/pledges", "/phone", "/install", "/offline", "/settings", "/not-here"]


def fill_with_work(house: House) -> UUID:
    """Some work of everybody's; returns an entry of the officer's that can be corrected."""
    officer, inspector = person(house.database, "officer"), person(house.database, "inspector")

    def work(session: Session) -> UUID:
        control = log_one(session, officer, answers={"place": "E14 Svedje", "vehicles": 14, "suspected": 2})
        log(session, officer, item("patrol", {"way": "foot", "minutes": 60}), item(answers={"vehicles": -1}))
        log_one(session, inspector, "alcohol-inspection", {"venues": 6, "organisations": ["police"]})
        return control

    return house.database.write(work)


def pages(name: str, entry: UUID) -> list[str]:
    """The paths that the person can open; the officer's own entry among them."""
    forms = [f"/log/{kind.slug}" for kind in logged_by(PEOPLE[name][0])]
    own = [f"/entries/{entry}", f"/entries/{entry}/correct", f"/entries/{entry}/void"] if name == "officer" else []
    return [*OWN, *forms, *own]


def faults(page: Page) -> list[str]:
    """What axe finds on the page as it stands, by day and by night."""
    found = []
    page.evaluate(AXE.axe_script)
    for scheme in ("light", "dark"):
        page.emulate_media(color_scheme=scheme, reduced_motion="reduce")
        for violation in page.evaluate(VIOLATIONS):
            nodes = "; ".join(node["html"][:150] for node in violation["nodes"][:3])
            found.append(f"{page.url} {scheme}: {violation['id']}: {nodes}")
    return found
