"""Whatever stands between a phone and the server: what was saved is stored and counted, once."""

import json
import threading
from collections import Counter
from collections.abc import Callable, Iterable
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.browser.road import (
    Fault,
    Road,
    arrives,
    log_some,
    lost,
    portal,
    press,
    proxy,
    sign_in_by_hand,
    somebody_elses_json,
    states,
    stored,
    unheard,
)
from tests.browser.saving import await_sent, begin, fill, kept, save
from tests.browser.shell import KEPT
from tests.browser.test_new_version import Versions, come
from tests.browser.waiting import keep, visit_at_work, work
from tests.fixtures.browser import ARGUMENTS, CHROMIUM, PHONE, Live
from tests.fixtures.databases import StoppedClock


def test_a_night_without_coverage_a_closed_browser_and_the_way_home(
    browser: Browser, live: Live, tmp_path: Path
) -> None:
    def start() -> Page:
        context = browser.browser_type.launch_persistent_context(
            tmp_path / "phone", executable_path=CHROMIUM, args=ARGUMENTS, base_url=live.url, viewport=PHONE
        )
        return context.pages[0]

    page = start()
    page.goto("/log")
    sign_in_by_hand(page, "officer")
    page.evaluate(KEPT)
    places = log_some(page, 3)
    page.reload()
    page.context.close()

    page = start()
    page.context.set_offline(True)
    page.goto("/log")
    expect(page.get_by_role("heading", name="Fältlogg")).to_be_visible()
    page.context.set_offline(False)
    page.goto("/phone")
    expect(page.locator("[data-fact=waiting]")).to_have_text("0")
    page.goto("/log")
    expect(page.get_by_role("link", name="Trafikkontroll")).to_contain_text("3 av 50")
    assert states(page) == {"sent": 3}
    assert stored(live) == places
    page.context.close()


@pytest.mark.parametrize(
    ("fault", "is_stored"),
    [(lost, True), (portal, False), (proxy, False), (somebody_elses_json, False)],
    ids=["half an answer", "a guest network's page", "a proxy's error", "somebody else's JSON"],
)
def test_whatever_comes_five_times_in_the_answers_place_lets_nothing_go(
    page: Page, live: Live, fault: Fault, is_stored: bool
) -> None:
    begin(page, live)
    places = log_some(page, 3)
    road = Road(live, fault)
    page.context.set_offline(False)
    press(page, road)
    assert states(page) == {"waiting": 3}
    assert stored(live) == (places if is_stored else [])
    arrives(page, road)
    assert states(page) == {"sent": 3}
    assert stored(live) == places


def test_a_second_request_while_the_first_is_still_in_flight(page: Page, live: Live) -> None:
    """A phone that gave up waiting sends again; the first request arrives all the same."""
    begin(page, live)
    places = log_some(page, 2)
    both, inside = threading.Barrier(2), live.app.wsgi_app
    bodies: list[bytes] = []
    outcomes: Counter[str] = Counter()

    def doubled(environ: dict[str, Any], start: Callable[..., Any]) -> Iterable[bytes]:
        if environ["PATH_INFO"] != "/sync" or bodies:
            return inside(environ, start)
        bodies.append(environ["wsgi.input"].read())
        plain = environ | {"HTTP_ACCEPT_ENCODING": "identity"}
        twin = plain | {"wsgi.input": BytesIO(bodies[0])}

        def follow() -> None:
            both.wait(10)
            answers.append(b"".join(inside(twin, unheard)))

        answers: list[bytes] = []
        other = threading.Thread(target=follow)
        other.start()
        both.wait(10)
        answer = b"".join(inside(plain | {"wsgi.input": BytesIO(bodies[0])}, start))
        other.join(10)
        outcomes.update(one["outcome"] for body in (answer, *answers) for one in json.loads(body)["results"])
        return [answer]

    live.app.wsgi_app = doubled  # type: ignore[method-assign, assignment]
    page.context.set_offline(False)
    page.goto("/phone")
    await_sent(page)
    assert outcomes == {"accepted": 2, "already": 2}
    assert states(page) == {"sent": 2}
    assert stored(live) == places


def test_the_app_is_updated_while_three_entries_wait(page: Page, live: Live, clock: StoppedClock) -> None:
    visit_at_work(page, live)
    page.context.set_offline(True)
    keep(page, *(work(place=f"E45 km {number}") for number in range(2)))
    page.context.set_offline(False)
    road = Road(live, proxy)
    page.goto("/log/traffic-control")
    versions = Versions(live, clock)
    versions.publish()
    come(page)
    fill(page, place="E45 km 2")
    save(page)  # on the page of the version before, with its scripts
    kept(page)
    press(page, road)
    with page.expect_navigation():
        page.get_by_role("button", name="Uppdatera").click()
    arrives(page, road)
    assert states(page) == {"sent": 3}
    assert stored(live) == ["E45 km 0", "E45 km 1", "E45 km 2"]
