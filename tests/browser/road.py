"""The road from a phone to the outbox's door, and what can stand on it."""

from collections import Counter
from collections.abc import Callable, Iterable
from typing import Any

from playwright.sync_api import Page, expect
from sqlalchemy import select

from fieldlog.entries.models import Entry
from fieldlog.tallies.actions import recount
from tests.browser.saving import fill, rows, save
from tests.browser.shell import KNOWN, in_outbox
from tests.fixtures.browser import Live
from tests.fixtures.people import PASSWORD

Fault = Callable[[Callable[[], bytes]], tuple[str, str, int, bytes]]
PORTAL = b"<!DOCTYPE html><title>Guest network</title><h1>Accept our terms</h1>"


def unheard(*_told: Any) -> Callable[[bytes], object]:
    """Takes the head of an answer that goes nowhere."""
    return lambda _body: None


class Road:
    """What happens to requests on the way to the outbox's door, from a page or from the worker, while it has a fault.

    A fault is given the way on and returns (status, content type, the length that is promised, body).
    """

    def __init__(self, live: Live, fault: Fault | None = None) -> None:
        self._inside, self.fault = live.app.wsgi_app, fault
        self.passed = 0
        live.app.wsgi_app = self  # type: ignore[method-assign, assignment]

    def __call__(self, environ: dict[str, Any], start: Callable[..., Any]) -> Iterable[bytes]:
        if environ["PATH_INFO"] != "/sync":
            return self._inside(environ, start)
        self.passed += 1
        if not self.fault:
            return self._inside(environ, start)
        told = self.fault(lambda: b"".join(self._inside(environ, unheard)))
        start(told[0], [("Content-Type", told[1]), ("Content-Length", str(told[2]))])
        return [told[3]]


def lost(way_on: Callable[[], bytes]) -> tuple[str, str, int, bytes]:
    """The server takes everything in; its answer is cut in half."""
    answer = way_on()
    return "200 OK", "application/json", len(answer), answer[: len(answer) // 2]


def portal(_way_on: Callable[[], bytes]) -> tuple[str, str, int, bytes]:
    return "200 OK", "text/html", len(PORTAL), PORTAL


def proxy(_way_on: Callable[[], bytes]) -> tuple[str, str, int, bytes]:
    return "502 Bad Gateway", "text/html", len(PORTAL), PORTAL


def somebody_elses_json(_way_on: Callable[[], bytes]) -> tuple[str, str, int, bytes]:
    return "200 OK", "application/json", 15, b'{"status":"ok"}'


def states(page: Page) -> Counter[str]:
    return Counter(row["state"] for row in rows(page))


def press(page: Page, road: Road) -> None:
    """Press the button until five requests have met the fault: whatever the pause before the next try would be."""
    page.goto("/phone")
    button = page.get_by_role("button", name="Skicka nu")
    expect(button).to_be_enabled()
    while road.passed < 5:
        with page.expect_request("**/sync"):
            button.click()
        expect(button).to_be_enabled()


def arrives(page: Page, road: Road) -> None:
    """Let the rest of the outbox go, and see it gone."""
    road.fault = None
    page.goto("/phone")
    page.clock.fast_forward("10:00")  # the longest pause there is
    expect(page.locator("[data-fact=waiting]")).to_have_text("0")


def stored(live: Live) -> list[str]:
    """The places of what is stored. Every figure is what these rows say."""
    with live.database.read() as session:
        assert recount(session) == []
        return sorted(entry.answers["place"] for entry in session.scalars(select(Entry)))


def log_some(page: Page, number: int) -> list[str]:
    """Save so many on the form, without coverage."""
    page.context.set_offline(True)
    places = [f"E45 km {place}" for place in range(number)]
    page.goto("/log/traffic-control")
    for place in places:
        fill(page, place=place, vehicles=3)
        save(page, "Spara och logga en till")
        expect(page.locator("[name=place]")).to_have_value(place)
        expect(page.locator("[name=vehicles]")).to_have_value("")
    return places


def sign_in_by_hand(page: Page, name: str) -> None:
    """Sign in on the page that is open, and stay until the phone knows who works on it."""
    page.get_by_label("Namn").fill(name)
    page.get_by_label("Lösenord").fill(PASSWORD)
    page.get_by_role("button", name="Logga in", exact=True).click()
    expect(page.locator("html[data-account]")).to_be_attached()
    in_outbox(page, KNOWN)
