"""What the script makes of a filled form is what the server makes of the same form, for every kind."""

import re
from random import Random
from typing import Any

import pytest
from playwright.sync_api import Page, expect
from werkzeug.datastructures import MultiDict

from fieldlog.kind import Kind
from fieldlog.kinds import KINDS
from tests.browser.saving import await_sent, stored, unfold
from tests.browser.shell import in_outbox
from tests.fixtures.browser import Live
from tests.fixtures.people import PEOPLE

ON_A_FORM = [kind for kind in KINDS.values() if kind.has_form]
CONTROLS = """() => [...document.querySelectorAll("#entry [data-type]")].map(
  ({ name, type, value, dataset }) => ({ name, type, value, kind: dataset.type }))"""
FILL = """(wanted) => {
  const form = document.querySelector("#entry");
  const controls = form.querySelectorAll("[data-type]");
  for (const [place, value] of wanted) {
    const control = controls[place];
    if (typeof value === "boolean") control.checked = value;
    else control.value = value;
  }
  for (const name of ["change", "input"]) form.dispatchEvent(new Event(name));
}"""
READ = """async () => {
  const { answers } = need("components/answers");
  const form = document.querySelector("#entry");
  return [answers(form), [...new FormData(form)].map(([name, value]) => [name, String(value)])];
}"""
NUMBERS = ("", "0", "1", "7", "42", "007", " 3 ", "9999")
WORDS = ("", "E14 Svedje", "  vid skolan ", "första\nandra", "ÅÄÖ – ”hej”", "12")


def open_form(page: Page, live: Live, kind: Kind) -> None:
    """Open the kind's form as somebody who logs it, with a second row where it has rows."""
    who = next(name for name, (organisation, _, _) in PEOPLE.items() if organisation in kind.logged_by)
    live.sign_in(page, who)
    page.goto(f"/log/{kind.slug}")
    unfold(page)
    for button in page.locator("[data-add-row]").all():
        button.click()
        button.click()


def filling(controls: list[Any], random: Random) -> list[tuple[int, Any]]:
    """Something for each control, or nothing."""
    wanted: list[tuple[int, Any]] = []
    for place, control in enumerate(controls):
        if control["type"] in {"radio", "checkbox"}:
            wanted.append((place, random.random() < 0.5))
        elif control["kind"] in {"count", "text"} and random.random() < 0.7:
            wanted.append((place, random.choice(NUMBERS if control["kind"] == "count" else WORDS)))
    return wanted


@pytest.mark.parametrize("kind", ON_A_FORM, ids=lambda kind: kind.slug)
def test_the_script_reads_a_form_as_the_server_does(page: Page, live: Live, kind: Kind) -> None:
    open_form(page, live, kind)
    controls = page.evaluate(CONTROLS)
    assert {control["name"].split("-")[0] for control in controls} == set(kind.fields)
    for seed in range(25):
        page.evaluate(FILL, filling(controls, Random(f"{kind.slug} {seed}")))
        said, posted = in_outbox(page, READ)
        form = MultiDict[str, str]([tuple(pair) for pair in posted])
        plain = {name: field.parse(form.getlist) for name, field in kind.fields.items()}
        assert kind.check(said) == kind.check(plain), f"seed {seed}: {posted}"


def test_nothing_to_remark_on_is_zero_and_what_was_typed_stays(page: Page, live: Live) -> None:
    live.sign_in(page, "officer")
    page.goto("/log/traffic-control")
    unfold(page)
    page.locator("[name=suspected]").fill("2")
    page.get_by_role("button", name="Spara utan anmärkning").click()
    expect(page).to_have_url(re.compile("(saved|kept)="))
    await_sent(page)
    (entry,) = stored(live)
    counts = {name: entry.answers[name] for name in ("suspected", "positives", "fines", "licences", "vehicles")}
    assert counts == {"suspected": 2, "positives": 0, "fines": 0, "licences": 0, "vehicles": None}
