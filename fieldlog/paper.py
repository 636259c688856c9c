"""Writing on A4: letters, headings, tables and bars, drawn with fpdf2.

The letters are Helvetica, which every reader of PDF has, so that the server needs no font and all servers write the
same. It knows Western Europe's letters; another one loses its mark.
"""

import unicodedata
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from datetime import UTC, date, datetime, time
from typing import NamedTuple

from fpdf import FPDF
from fpdf.enums import TableBordersLayout
from fpdf.fonts import FontFace
from fpdf.prefs import ViewerPreferences

LETTERS = "cp1252"
SIDE, TOP, FOOT = 22.0, 24.0, 22.0
WIDTH = 210 - 2 * SIDE
FONT, BODY, SMALL, HUGE = "Helvetica", 10.0, 8.5, 22.0
LINE, BAR, PILLARS, GAP = 1.4, 5.2, 33.0, 8.0
MM = 0.3528
"""Millimetres in a point."""

TEXT, SOFT, EDGE, TRACK = "#0f1a2e", "#55617a", "#d8dee8", "#e3e8f1"
INSTEAD = str.maketrans({"\u202f": "\xa0", "\u2212": "–", "\xad": None, "đ": "d", "Đ": "D", "ŋ": "n", "ŧ": "t"})


Bar = tuple[str, int, str]
"""The name of a bar, how long it is, and its amount in words."""


class Cell(NamedTuple):
    """What stands in one cell of a table; in ``colour`` and bold where that is given."""

    words: str
    colour: str | None = None


def letters(words: str) -> str:
    """The words in letters that the font has."""
    return "".join(_letter(letter) for letter in words.translate(INSTEAD))


def _letter(letter: str) -> str:
    for form in (letter, unicodedata.normalize("NFKD", letter)[0]):
        try:
            form.encode(LETTERS)
        except UnicodeEncodeError:
            continue
        return form
    return "?"


class Paper(FPDF):
    """A document of A4 pages. The same calls make the same bytes."""

    def __init__(self, title: str, language: str, made_on: date, *, foot: str, accent: str) -> None:
        """The title stands above each page but the first, ``foot`` below each: ``{n}`` and ``{all}`` are numbers."""
        super().__init__(format="A4")
        self.core_fonts_encoding = LETTERS
        self.head, self.foot, self.accent = letters(title), letters(foot), accent
        self.set_margins(SIDE, TOP, SIDE)
        self.c_margin = 0
        self.set_auto_page_break(True, FOOT)
        self.set_title(title)
        self.set_lang(language)
        self.set_creation_date(datetime.combine(made_on, time(), UTC))
        self.viewer_preferences = ViewerPreferences(display_doc_title=True)
        self.set_font(FONT, size=BODY)
        self.add_page()

    def header(self) -> None:
        if self.page_no() > 1:
            with self.letters_of(SMALL, SOFT):
                self.set_y(12)
                self.cell(WIDTH, 5, self.head)
        self.set_y(TOP)

    def footer(self) -> None:
        with self.letters_of(SMALL, SOFT):
            self.set_y(-14)
            self.cell(WIDTH, 5, self.foot.format(n=self.page_no(), all="{nb}"), align="R")

    @contextmanager
    def letters_of(self, size: float = BODY, colour: str = TEXT, *, bold: bool = False) -> Iterator[None]:
        with self.local_context(text_color=colour):
            self.set_font(FONT, "B" if bold else "", size)
            yield
        self.set_font(FONT, "", BODY)

    def say(self, words: str, size: float = BODY, colour: str = TEXT, *, bold: bool = False, gap: float = 0) -> None:
        """A paragraph, and a gap below it."""
        with self.letters_of(size, colour, bold=bold):
            self.multi_cell(WIDTH, size * MM * LINE, letters(words), align="L", new_x="LMARGIN", new_y="NEXT")
        self.ln(gap)

    def heading(self, words: str, level: int = 0, *, room: float = 30) -> None:
        """A heading, which stands in the outline; on the next page when ``room`` is not left below it."""
        size, before = ((15.0, 9.0), (11.5, 5.0))[level]
        if self.will_page_break(before + room):
            self.add_page()
        elif self.get_y() > TOP + 1:
            self.ln(before)
        self.start_section(words.replace("\xad", ""), level)
        self.say(words, size, bold=True, gap=(3.0, 1.5)[level])

    def rows(
        self,
        headings: Sequence[str],
        rows: Sequence[Sequence[Cell]],
        widths: Sequence[float],
        numbers: Sequence[int] = (),
    ) -> None:
        """A table across the page, ``widths`` in millimetres; the columns in ``numbers`` hold such."""
        align = tuple("RIGHT" if column in numbers else "LEFT" for column in range(len(widths)))
        self.set_draw_color(EDGE)
        self.set_line_width(0.2)
        with self.table(
            col_widths=tuple(widths),
            text_align=align,
            borders_layout=TableBordersLayout.HORIZONTAL_LINES,
            headings_style=FontFace(emphasis="BOLD", color=SOFT, size_pt=SMALL),
            line_height=BODY * MM * LINE,
            padding=(1.1, 2.5, 1.1, 0),
            v_align="TOP",
        ) as table:
            for row in ([Cell(words) for words in headings], *rows):
                line = table.row()
                for words, colour in row:
                    line.cell(letters(words), style=FontFace(emphasis="BOLD", color=colour) if colour else None)

    def figures(self, found: Sequence[tuple[str, str, str]], columns: int = 4) -> None:
        """Big numbers, each with its noun and, below, what it is of."""
        gap, tall = 5.0, 26.0
        wide = (WIDTH - gap * (columns - 1)) / columns
        for start in range(0, len(found), columns):
            if self.will_page_break(tall):
                self.add_page()
            top = self.get_y()
            self.set_draw_color(EDGE)
            for place, (number, noun, title) in enumerate(found[start : start + columns]):
                left = SIDE + place * (wide + gap)
                self.line(left, top, left + wide, top)
                self.set_xy(left, top + 2.5)
                for words, size, colour in ((number, HUGE, TEXT), (noun, BODY, TEXT), (title, SMALL, SOFT)):
                    with self.letters_of(size, colour, bold=size != SMALL):
                        height = size * MM * (1.15 if size == HUGE else LINE)
                        self.multi_cell(wide, height, letters(words), align="L", new_x="LEFT", new_y="NEXT")
            self.set_xy(SIDE, top + tall)

    def progress(self, done: float, expected: float | None) -> None:
        """A bar of how much is done, with a mark where it should be by now; shares from 0 to 1."""
        top, tall = self.get_y() + 0.5, 2.6
        for share, colour in ((1.0, TRACK), (done, self.accent)):
            if share:
                with self.local_context(fill_color=colour):
                    self.rect(SIDE, top, WIDTH * share, tall, style="F", round_corners=True, corner_radius=tall / 2)
        if expected is not None:
            with self.local_context(fill_color=TEXT):
                self.rect(SIDE + WIDTH * expected - 0.4, top - 1, 0.8, tall + 2, style="F")
        self.set_y(top + tall + 2)

    def bars(self, title: str, found: Sequence[Bar], left: float, wide: float) -> float:
        """Named bars under each other from the left edge on, each with its amount in words; returns where they end."""
        most, named, number = max(amount for _, amount, _ in found), 0.4 * wide, 12.0
        room = wide - named - number
        self.set_x(left)
        with self.letters_of(SMALL, SOFT, bold=True):
            self.cell(wide, 6, letters(title), new_x="LEFT", new_y="NEXT")
        for name, amount, words in found:
            top = self.get_y()
            self.set_x(left)
            with self.letters_of(SMALL):
                self.cell(named, BAR, letters(name))
            length = room * amount / most if most else 0
            if amount:
                with self.local_context(fill_color=self.accent):
                    self.rect(left + named, top + 1.1, length, BAR - 2.2, style="F")
            with self.letters_of(SMALL, bold=True):
                self.set_x(left + named + length + (1 if amount else -1))
                self.cell(number, BAR, letters(words))
            self.set_xy(left, top + BAR)
        return self.get_y()

    def pillars(self, title: str, found: Sequence[Bar], left: float, wide: float) -> float:
        """The same as pillars side by side, for what comes one after the other."""
        most, each, tall = max(amount for _, amount, _ in found), min(wide / len(found), 14.0), PILLARS - 9
        self.set_x(left)
        with self.letters_of(SMALL, SOFT, bold=True):
            self.cell(wide, 6, letters(title), new_x="LEFT", new_y="NEXT")
        ground = self.get_y() + 4 + tall
        for place, (name, amount, words) in enumerate(found):
            height, at = tall * amount / most if most else 0, left + place * each
            with self.local_context(fill_color=self.accent if amount else TRACK):
                self.rect(at + 0.6, ground - max(height, 0.6), each - 1.2, max(height, 0.6), style="F")
            with self.letters_of(SMALL - 1, bold=True):
                self.set_xy(at, ground - height - 4)
                self.cell(each, 4, letters(words) if amount else "", align="C")
            with self.letters_of(SMALL - 1, SOFT):
                self.set_xy(at, ground)
                self.cell(each, 4.5, letters(name), align="C")
        return ground + 5

    def side_by_side(self, bars: tuple[str, Sequence[Bar]], pillars: tuple[str, Sequence[Bar]]) -> None:
        """Bars to the left and, where there is more than one, pillars to the right, each with its title."""
        half, top = (WIDTH - GAP) / 2, self.get_y()
        ends = [self.bars(*bars, SIDE, half)]
        if len(pillars[1]) > 1:
            self.set_y(top)
            ends.append(self.pillars(*pillars, SIDE + half + GAP, half))
        self.set_xy(SIDE, max(ends) + 1)

    def signed(self, who: str, lines: Sequence[str], left: float, top: float, wide: float) -> None:
        """Lines to write on by hand, each with what belongs there, under who it is for."""
        self.set_xy(left, top)
        with self.letters_of(bold=True):
            self.cell(wide, 6, letters(who))
        self.set_draw_color(SOFT)
        for place, words in enumerate(lines, start=1):
            level = top + 6 + 17 * place
            self.line(left, level, left + wide, level)
            self.set_xy(left, level + 0.5)
            with self.letters_of(SMALL, SOFT):
                self.cell(wide, 5, letters(words))
