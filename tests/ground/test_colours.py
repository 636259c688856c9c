"""The accent colour can be another, as long as it can be read."""

import zlib
from pathlib import Path

import pytest

from fieldlog.colours import ACCENT, contrast, repaint
from fieldlog.config import ROOT, Settings, WrongSettingError

ICONS = sorted((ROOT / "static" / "icons").glob("*.png"))


@pytest.mark.parametrize(
    ("one", "other", "expected"), [("#000000", "#ffffff", 21), ("#777777", "#ffffff", 4.48), ("#ffffff", "#ffffff", 1)]
)
def test_contrast_is_what_the_guidelines_say(one: str, other: str, expected: float) -> None:
    assert contrast(one, other) == pytest.approx(expected, abs=0.01)
    assert contrast(other, one) == contrast(one, other)


@pytest.mark.parametrize("wrong", ["blue", "#14a", "#1446A0x", "#ffd500", "#8db2ff"])
def test_an_accent_that_is_none_or_cannot_be_read_stops_the_start(monkeypatch: pytest.MonkeyPatch, wrong: str) -> None:
    monkeypatch.setenv("FIELDLOG_ACCENT", wrong)
    with pytest.raises(WrongSettingError, match="FIELDLOG_ACCENT"):
        Settings.from_environment()


def test_styles_and_drawings_take_the_accent() -> None:
    assert repaint(b":root { --fill: #1446a0; --card: #fff }", ".css", "#0b6b45") == (
        b":root { --fill: #0b6b45; --card: #fff }"
    )
    assert repaint(b"const kept = '#1446a0'", ".js", "#0b6b45") == b"const kept = '#1446a0'"


@pytest.mark.parametrize("icon", ICONS, ids=lambda path: path.stem)
def test_an_icon_takes_the_accent_and_stays_a_right_picture(icon: Path) -> None:
    drawn = icon.read_bytes()
    green = repaint(drawn, ".png", "#0b6b45")
    assert len(green) == len(drawn)
    assert chunks(green)["PLTE"][:3] == bytes.fromhex("0b6b45")
    assert chunks(green)["PLTE"][-3:] == b"\xff\xff\xff"
    assert chunks(green)["IDAT"] == chunks(drawn)["IDAT"]
    assert repaint(green, ".png", ACCENT) == green
    assert repaint(drawn, ".png", ACCENT) == drawn


def chunks(png: bytes) -> dict[str, bytes]:
    """The parts of a picture by name, each with the right check sum."""
    found, place = {}, 8
    while place < len(png):
        length = int.from_bytes(png[place : place + 4])
        part = png[place + 4 : place + 8 + length]
        assert int.from_bytes(png[place + 8 + length : place + 12 + length]) == zlib.crc32(part)
        found[part[:4].decode()] = part[4:]
        place += 12 + length
    return found
