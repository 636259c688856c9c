"""Where the work was: suggested by the phone, remembered for a while, and never sent as a position."""

import re

from playwright.sync_api import Geolocation, Page, Request, expect

from tests.fixtures.browser import Live

LIT = Geolocation(latitude=63.32, longitude=14.85)
BRUNFLO = Geolocation(latitude=63.08, longitude=14.83)


def open_form(page: Page, live: Live) -> None:
    live.sign_in(page, "officer")
    page.context.grant_permissions(["geolocation"])
    page.context.set_geolocation(LIT)
    page.goto("/log/traffic-control")


def save(page: Page) -> None:
    page.locator(".bar").get_by_role("button", name="Spara", exact=True).click()
    expect(page.locator("[data-toast]")).to_be_visible()


def test_the_nearest_area_is_suggested_and_the_position_stays_in_the_phone(page: Page, live: Live) -> None:
    sent: list[Request] = []

    def keep(request: Request) -> None:
        sent.append(request)

    page.on("request", keep)
    open_form(page, live)
    expect(page.locator("[name=area]")).to_have_value("lit")
    save(page)
    told = " ".join(f"{request.url} {request.post_data or ''}" for request in sent)
    assert '"area":"lit"' in told
    assert "63.3" not in told
    assert "14.8" not in told


def test_where_the_phone_is_now_goes_before_where_the_last_entry_was(page: Page, live: Live) -> None:
    open_form(page, live)
    expect(page.locator("[name=area]")).to_have_value("lit")
    save(page)
    page.context.set_geolocation(BRUNFLO)
    page.goto("/log/traffic-control")
    expect(page.locator("[name=area]")).to_have_value("brunflo")


def test_what_the_officer_chose_is_not_changed_behind_their_back(page: Page, live: Live) -> None:
    open_form(page, live)
    page.locator("[name=area]").select_option("nas")
    page.wait_for_timeout(300)
    expect(page.locator("[name=area]")).to_have_value("nas")


def test_settings_are_remembered_on_the_phone_and_counts_never(page: Page, live: Live) -> None:
    live.sign_in(page, "officer")
    page.goto("/log/traffic-control")
    page.get_by_label("Hastighet").check()
    page.locator("[name=area]").select_option("nas")
    page.locator("[name=vehicles]").fill("14")
    save(page)
    expect(page).to_have_url(re.compile("/log$|/log[?]"))
    page.goto("/log/traffic-control")
    expect(page.get_by_label("Hastighet")).to_be_checked()
    expect(page.locator("[name=area]")).to_have_value("nas")
    expect(page.locator("[name=vehicles]")).to_have_value("")


def test_nobody_is_reminded_of_somebody_elses_settings(page: Page, live: Live) -> None:
    live.sign_in(page, "officer")
    page.goto("/log/traffic-control")
    page.get_by_label("Hastighet").check()
    page.locator("[name=area]").select_option("nas")
    save(page)
    expect(page).to_have_url(re.compile("/log$|/log[?]"))
    live.sign_in(page, "colleague")
    page.goto("/log/traffic-control")
    expect(page.locator("form[data-fresh]")).to_be_visible()
    expect(page.get_by_label("Hastighet")).not_to_be_checked()
    expect(page.locator("[name=area]")).to_have_value("-")


def test_repeat_brings_place_and_settings_and_no_counts(page: Page, live: Live) -> None:
    live.sign_in(page, "officer")
    page.goto("/log/traffic-control")
    page.get_by_label("Väg eller plats").fill("E14 Svedje")
    page.get_by_label("Vältrafikerat").check()
    page.locator("[name=vehicles]").fill("14")
    save(page)
    page.get_by_role("link", name="Upprepa").click()
    expect(page.get_by_label("Väg eller plats")).to_have_value("E14 Svedje")
    expect(page.get_by_label("Vältrafikerat")).to_be_checked()
    expect(page.locator("[name=vehicles]")).to_have_value("")
