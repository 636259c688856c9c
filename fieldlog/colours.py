"""The accent colour: readable on the page, and put in the place of the one in which everything is drawn."""

import struct
import zlib

ACCENT = "#1446a0"
"""The colour in which the styles and the icon are drawn."""
PAPER = "#f3f5f8"
"""The background of the pages by day."""
LEAST_CONTRAST = 4.5


def contrast(one: str, other: str) -> float:
    """How well one colour is told from the other, from 1 to 21, as WCAG counts it."""
    darker, lighter = sorted((_luminance(one), _luminance(other)))
    return (lighter + 0.05) / (darker + 0.05)


def repaint(picture: bytes, kind: str, accent: str) -> bytes:
    """A sheet, a drawing or an icon of ours in another accent. Anything else comes back as it is."""
    if accent == ACCENT:
        return picture
    if kind == ".png":
        return _repaint_palette(picture, accent)
    return picture.replace(ACCENT.encode(), accent.encode()) if kind in {".css", ".svg"} else picture


def _rgb(colour: str) -> tuple[int, ...]:
    return tuple(bytes.fromhex(colour.removeprefix("#")))


def _luminance(colour: str) -> float:
    shares = (part / 255 for part in _rgb(colour))
    red, green, blue = (share / 12.92 if share <= 0.04045 else ((share + 0.055) / 1.055) ** 2.4 for share in shares)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def _repaint_palette(png: bytes, accent: str) -> bytes:
    """Our icons have a palette that goes from the accent to white: each of its colours keeps its share of white."""
    begins = png.index(b"PLTE")
    length = struct.unpack(">I", png[begins - 4 : begins])[0]
    old, ends = png[begins + 4 : begins + 4 + length], begins + 4 + length
    drawn, wanted = _rgb(ACCENT), _rgb(accent)
    whites = [(old[place] - drawn[0]) / (255 - drawn[0]) for place in range(0, length, 3)]
    new = b"PLTE" + bytes(round(part + (255 - part) * white) for white in whites for part in wanted)
    return png[:begins] + new + struct.pack(">I", zlib.crc32(new)) + png[ends + 4 :]
