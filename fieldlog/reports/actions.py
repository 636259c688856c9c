"""Writing a report on paper."""

from collections.abc import Sequence

from fieldlog.counting.queries import in_words, listed
from fieldlog.labels import Label
from fieldlog.paper import BAR, PILLARS, SIDE, SMALL, SOFT, WIDTH, Cell, Paper
from fieldlog.reports.forms import days_in_words, in_short, month_in_short
from fieldlog.reports.models import SIGNED_BY, PledgeTold, Report, Told, Words
from fieldlog.targets.models import State, written

TITLE = 24.0
STATES = {
    State.FULFILLED: "#0b6b45",
    State.ON_TRACK: "#0b6b45",
    State.BEHIND: "#8a4b00",
    State.NOT_FULFILLED: "#a3201a",
}
PLAIN = "#0f1a2e"


def on_paper(report: Report, language: str, accent: str) -> bytes:
    """The report as a PDF. The same report gives the same bytes."""
    return _Writer(report, language, accent).written()


class _Writer:
    """Writes one report from top to bottom."""

    def __init__(self, report: Report, language: str, accent: str) -> None:
        self.report, self.language = report, language
        title = self.text(Label.join(" · ", (report.name, in_short(report.span))))
        foot = self.text(Words.PAGE.fill(n="{n}", all="{all}"))
        self.paper = Paper(title, language, report.made_on, foot=foot, accent=accent)

    def text(self, label: Label) -> str:
        return label.text(self.language)

    def written(self) -> bytes:
        self._front()
        self._commitments()
        self._deviations()
        self._totals()
        for pledge in self.report.pledges:
            self._pledge(pledge)
        self._how()
        self._limits()
        self._signatures()
        return bytes(self.paper.output())

    def _front(self) -> None:
        report, paper = self.report, self.paper
        paper.say(self.text(report.name), 12, SOFT, gap=1)
        paper.say(self.text(in_short(report.span)), TITLE, bold=True, gap=1)
        made = [days_in_words(report.span), Words.MADE.fill(day=in_words(report.made_on))]
        paper.say(". ".join(self.text(label) for label in made), colour=SOFT)
        decided = [
            *([Words.DECIDED.fill(day=in_words(report.decided_on))] if report.decided_on else []),
            *([Words.REGISTERED.fill(number=report.registry_number)] if report.registry_number else []),
        ]
        if report.answers:
            paper.say(self.text(Words.ANSWERS.fill(who=", ".join(report.answers))), colour=SOFT)
        if decided:
            paper.say(". ".join(self.text(label) for label in decided) + ".", colour=SOFT)
        if report.example:
            paper.say(self.text(report.example), bold=True)
        if not report.is_finished:
            paper.say(self.text(Words.UNDER_WAY.fill(day=in_words(report.until))), bold=True)
        paper.heading(self.text(Words.DONE))
        paper.figures(
            [(written(told.done), self.text(told.noun), self.text(told.title)) for told in report.commitments]
        )

    def _commitments(self) -> None:
        standing = Words.STANDING.fill(day=in_words(self.report.until))
        headings = (
            Words.COMMITMENT, Words.PROMISED, Words.IN_THE_DAYS, standing, Words.EXPECTED, Words.STATE,
        )  # fmt: skip
        rows = [
            [
                Cell(self.text(told.title), PLAIN),
                Cell(self.text(told.promised)),
                Cell(written(told.done)),
                Cell(self._standing(told)),
                Cell("–" if told.progress.expected is None else written(told.progress.expected)),
                self._state(told.progress.state),
            ]
            for told in self.report.commitments
        ]
        self.paper.heading(self.text(Words.COMMITMENTS), room=60)
        self.paper.rows([self.text(label) for label in headings], rows, (45, 36, 15, 28, 19, 23), (2, 4))

    def _standing(self, told: Told) -> str:
        further = (f"{self.text(label)}: {self.text(part.words)}" for label, part in told.parts)
        return "\n".join((self.text(told.progress.words), *further))

    def _state(self, state: State | None) -> Cell:
        return Cell(self.text(state.label), STATES.get(state, PLAIN)) if state else Cell("")

    def _deviations(self) -> None:
        self.paper.heading(self.text(Words.DEVIATIONS), room=15)
        for told in self.report.lagging:
            self.paper.say(self.text(told.lag), gap=1)
        if not self.report.lagging:
            self.paper.say(self.text(Words.NONE_LAGS))

    def _totals(self) -> None:
        totals = self.report.totals
        if not totals:
            return
        headings = (Words.COMMITMENT, Words.PROMISED, Words.SUM, Words.STATE)
        rows = [
            [
                Cell(self.text(total.title) if total.title != before else "", PLAIN),
                Cell(self.text(total.promised) if total.promised else ""),
                Cell(self.text(total.words)),
                self._state(total.state),
            ]
            for before, total in zip((None, *(total.title for total in totals)), totals, strict=False)
        ]
        self.paper.heading(self.text(Words.TOTALS), room=60)
        self.paper.say(self.text(Words.TOTALS_ARE), colour=SOFT, gap=2)
        self.paper.rows([self.text(label) for label in headings], rows, (52, 35, 59, 20))

    def _pledge(self, pledge: PledgeTold) -> None:
        who = Label.join(", ", [organisation.label for organisation in pledge.promised_by])
        first = self._room(pledge.commitments[0]) if pledge.commitments else 0
        self.paper.heading(self.text(pledge.title), room=25 + first)
        self.paper.say(self.text(pledge.promise))
        self.paper.say(self.text(Words.PROMISED_BY.fill(who=who)), colour=SOFT)
        for told in pledge.commitments:
            self._told(told)

    def _told(self, told: Told) -> None:
        paper = self.paper
        paper.heading(self.text(told.title), 1, room=self._room(told))
        paper.say(f"{written(told.done)} {self.text(told.noun)}", 13, bold=True, gap=0.5)
        if told.progress.target and told.progress.whole is None:
            paper.progress(told.progress.share_done, told.progress.share_expected)
        if facts := self._facts(told):
            paper.say(" · ".join(facts), colour=SOFT, gap=1)
        if told.done:
            self._charts(told)

    def _charts(self, told: Told) -> None:
        areas = [(name, amount, written(amount)) for name, amount in told.by_area if amount]
        months = [(self.text(month_in_short(month)), amount, written(amount)) for month, amount in told.by_month]
        self.paper.side_by_side((self.text(Words.PER_AREA), areas), (self.text(Words.PER_MONTH), months))
        if empty := [Label(name, name) for name, amount in told.by_area if not amount]:
            self.paper.say(self.text(Words.NONE_IN.fill(areas=listed(empty))), SMALL, SOFT)

    def _room(self, told: Told) -> float:
        """About how many millimetres the commitment takes, so that none is torn by a page's end."""
        bars = sum(amount > 0 for _, amount in told.by_area)
        return 28 + (12 + max(PILLARS, BAR * bars) if bars else 0)

    def _facts(self, told: Told) -> Sequence[str]:
        reached = told.areas_reached
        spread = [Words.AREAS_REACHED.fill(part=reached[0], whole=reached[1])] if reached else []
        return [self.text(label) for label in (*spread, *(fact.words for fact in told.beside))]

    def _how(self) -> None:
        paper = self.paper
        paper.heading(self.text(Words.HOW))
        for pledge in self.report.pledges:
            for title, text, sentences in pledge.how:
                if paper.will_page_break(16):
                    paper.add_page()
                paper.say(self.text(title), bold=True)
                paper.say(" ".join(self.text(label) for label in (text, *sentences)), SMALL, SOFT, gap=2)

    def _limits(self) -> None:
        self.paper.heading(self.text(Words.LIMITS))
        self.paper.say(self.text(Words.LIMITS_ARE))

    def _signatures(self) -> None:
        self.paper.heading(self.text(Words.SIGNATURES), room=60)
        half = (WIDTH - 10) / 2
        top = self.paper.get_y()
        for place, who in enumerate(SIGNED_BY):
            left = SIDE + place * (half + 10)
            lines = (self.text(Words.PLACE_AND_DAY), self.text(Words.SIGNATURE))
            self.paper.signed(self.text(Words.FOR.fill(who=who)), lines, left, top, half)
