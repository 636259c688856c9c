"""Every page that a person can come to, for checks that hold on all of them."""

from dataclasses import replace
from uuid import UUID

from axe_playwright_python.sync_playwright import Axe
from flask import Flask
from playwright.sync_api import Page
from sqlalchemy.orm import Session

from fieldlog.kinds import logged_by
from fieldlog.web.guard import allowed_roles
from fieldlog.web.scope import House
from tests.fixtures.people import PEOPLE, person
from tests.fixtures.site import house_of
from tests.fixtures.work import item, log, log_one
from tests.houserules.test_pages import parts

AT_THE_DESK = ("/manage", "/day", "/week", "/month", "/period", "/review", "/report", "/entries")
OF_WALKS = {"photos.of_entry"}
FILES = {"planning.download", "reports.report_pdf", "exports.file"}
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


def desk(app: Flask, entry: UUID, name: str) -> list[str]:
    """One address of each page that the person has at the desk, whichever there are."""
    who = person(house_of(app).database, name)
    values, found = parts(app, replace(item(), id=entry), who), []
    with app.test_request_context():
        for rule in app.url_map.iter_rules():
            is_page = "GET" in (rule.methods or ()) and rule.endpoint not in FILES | OF_WALKS
            own = {part: values.get(part, [None])[0] for part in rule.arguments}
            if is_page and rule.rule.startswith(AT_THE_DESK) and who.role in allowed_roles(app, rule.endpoint):
                # A second export is not begun while the first is made.
                found += [app.url_for(rule.endpoint, **own)] if None not in own.values() else []
    return sorted(found)


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
