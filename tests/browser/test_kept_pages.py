"""What a phone keeps: what is the same for everybody, little of it, and nothing else ever."""

import re

from playwright.sync_api import Page, expect

from tests.browser.pages import fill_with_work
from tests.browser.shell import Weather, answers, cached, is_from_shell, visit
from tests.fixtures.browser import Live
from tests.fixtures.people import PEOPLE
from tests.fixtures.site import house_of

VISITED = ["/log", "/log/traffic-control", "/entries", "/pledges", "/phone", "/settings"]


def test_nothing_of_the_person_who_is_signed_in_is_kept(page: Page, live: Live) -> None:
    fill_with_work(house_of(live.app))
    visit(page, live)
    for path in VISITED:
        page.goto(path)
    token = page.locator("[name=csrf_token]").first.input_value()
    kept = cached(page)
    assert len(kept) > 30
    for _, address, headers, text in kept:
        assert address.startswith(("/shell/", "/static/")), address
        assert "cookie" not in headers.lower(), address
        assert token not in text, address
        assert "E14 Svedje" not in text, address
        if address.startswith("/shell/"):
            assert "csrf_token" not in text, address
            words = re.sub(r"<[^>]+>", " ", text)
            assert not [name for name in PEOPLE if name in words and "language=sv" in address], address


def test_the_worker_leaves_alone_what_is_not_a_page_or_a_file_of_ours(page: Page, live: Live) -> None:
    visit(page, live)
    page.goto("/log")
    seen = answers(page.context)
    page.evaluate("fetch('/whoami')")
    page.evaluate("fetch('/static/styles.css')")
    page.evaluate("fetch('/sync', { method: 'POST', body: '{}', headers: { 'Content-Type': 'application/json' } })")
    page.locator(".menu summary").click()
    page.get_by_role("button", name="Natt").click()
    expect(page.locator("html")).to_have_attribute("data-theme", "night")
    page.goto("/pledges")
    by_worker: dict[tuple[str, str], bool] = {}
    for answer in seen:
        # What the worker fetches for a page is seen beside what it then gives the page, in either order.
        asked = (answer.request.method, answer.url.removeprefix(live.url))
        by_worker[asked] = answer.from_service_worker or by_worker.get(asked, False)
    assert not any(touched for (method, _), touched in by_worker.items() if method != "GET")
    assert {("POST", "/sync"), ("POST", "/settings/theme")} <= set(by_worker)
    assert (by_worker["GET", "/whoami"], by_worker["GET", "/static/styles.css"]) == (False, False)
    assert by_worker["GET", "/pledges"]


def test_a_page_that_is_opened_fetches_no_style_script_or_icon(page: Page, live: Live) -> None:
    weather = Weather(live)
    visit(page, live)
    weather.asked.clear()
    page.goto("/log", wait_until="networkidle")
    assert not is_from_shell(page)
    assert "/log" in weather.asked
    assert not [path for path in weather.asked if path.startswith(("/static", "/shell"))]


def test_what_is_kept_is_small_enough_to_open_at_once(page: Page, live: Live) -> None:
    visit(page, live)
    page.context.set_offline(True)
    seen = answers(page.context)
    page.goto("/log", wait_until="networkidle")
    assert is_from_shell(page)
    assert len(seen) <= 30
    sizes = {address.partition("?")[0]: len(text.encode()) for _, address, _, text in cached(page)}
    assert sizes["/shell/log"] < 40_000
    assert sum(sizes.values()) < 1_000_000
