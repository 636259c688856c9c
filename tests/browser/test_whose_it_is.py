"""What waits in a phone stays its person's: when the session ends, and when somebody else comes first."""

import re

from click.testing import CliRunner
from playwright.sync_api import Page, expect
from sqlalchemy import func, select, update

from fieldlog.accounts.models import Device
from fieldlog.actors import Role
from fieldlog.cli import main
from fieldlog.entries.models import Entry
from fieldlog.people.actions import place
from fieldlog.people.models import Placing
from tests.browser.road import (
    log_some,
    sign_in_by_hand,
    states,
    stored,
)
from tests.browser.saving import await_sent, begin, fill, kept, rows, save
from tests.browser.waiting import banner
from tests.fixtures.browser import Live
from tests.fixtures.people import PASSWORD, person
from tests.fixtures.site import house_of


def test_a_session_that_was_ended_while_the_phone_was_away(page: Page, live: Live) -> None:
    begin(page, live)
    places = log_some(page, 2)
    now = house_of(live.app).clock()
    revoked = update(Device).values(revoked_at=now)
    live.database.write(lambda session: session.execute(revoked))
    page.context.set_offline(False)
    page.goto("/log")
    expect(page).to_have_url(re.compile("/sign-in"))
    assert stored(live) == []
    sign_in_by_hand(page, "officer")
    await_sent(page)
    assert states(page) == {"sent": 2}
    assert stored(live) == places


def test_whoever_became_an_administrator_is_told_so_keeps_what_waits_and_hands_it_over(page: Page, live: Live) -> None:
    begin(page, live)
    places = log_some(page, 2)
    by, now = person(live.database, "administrator"), house_of(live.app).clock()
    officer = person(live.database, "officer")
    raised = Placing(officer.organisation, Role.ADMINISTRATOR, officer.unit)
    shown = Placing(officer.organisation, officer.role, officer.unit).word
    live.database.write(lambda session: place(session, by, now, officer.account, raised, shown=shown))
    page.context.set_offline(False)
    page.goto("/log")
    sign_in_by_hand(page, "officer")
    expect(banner(page)).to_contain_text("2 väntar: kontot får inte logga längre")
    banner(page).get_by_role("link", name="Visa").click()
    with page.expect_download() as download:
        page.get_by_role("button", name="Spara som fil").click()
    assert states(page) == {"waiting": 2}
    assert stored(live) == []
    file, folder = download.value.path(), str(house_of(live.app).settings.instance)
    told = CliRunner().invoke(main, ["import", str(file)], env={"FIELDLOG_INSTANCE": folder})
    assert told.output.startswith("2 accepted")
    assert stored(live) == places


def test_somebody_else_signs_in_first_and_nothing_mixes(page: Page, live: Live) -> None:
    begin(page, live)
    places = log_some(page, 2)
    page.context.clear_cookies()
    page.context.set_offline(False)
    page.goto("/sign-in")
    sign_in_by_hand(page, "colleague")
    page.goto("/log/traffic-control")
    fill(page, place="Stuguvägen")
    save(page)
    expect(page.get_by_text("Räknad: 1 av 50").first).to_be_visible()
    assert states(page) == {"sent": 1}
    assert stored(live) == ["Stuguvägen"]
    page.context.clear_cookies()
    page.goto("/sign-in")
    sign_in_by_hand(page, "officer")
    await_sent(page)
    assert states(page) == {"sent": 2}
    assert stored(live) == sorted([*places, "Stuguvägen"])
    with live.database.read() as session:
        authors = dict(session.execute(select(Entry.author_id, func.count()).group_by(Entry.author_id)).all())
    assert authors == {person(live.database, "officer").account: 2, person(live.database, "colleague").account: 1}


def test_whoever_signed_in_is_known_although_no_page_of_the_servers_came_after_it(page: Page, live: Live) -> None:
    begin(page, live)
    page.context.clear_cookies()
    page.goto("/sign-in")
    token = page.locator("[name=csrf_token]").first.input_value()
    typed: dict[str, str | float | bool] = {"csrf_token": token, "name": "colleague", "password": PASSWORD}
    page.context.request.post("/sign-in", form=typed)
    page.context.set_offline(True)
    page.goto("/log/traffic-control")
    fill(page, place="Stuguvägen")
    save(page)
    kept(page)
    assert [row["account"] for row in rows(page)] == [person(live.database, "colleague").account]
