"""What a report tells, and of which days one can be had."""

from dataclasses import dataclass
from datetime import date

from fieldlog.actors import Organisation
from fieldlog.areas.queries import AreaPlace
from fieldlog.labels import Label
from fieldlog.periods import Span
from fieldlog.targets.models import Beside, Progress, State

LAGS = frozenset({State.BEHIND, State.NOT_STARTED, State.NOT_FULFILLED})


@dataclass(frozen=True)
class Told:
    """One commitment whose figures may be told by day: what was ``done`` in the days of the report, and where.

    ``progress`` is the whole promise's when those days were over, ``noun`` fits ``done``. ``by_area`` and ``by_month``
    are of the days of the report. ``note`` is what was told then of what is done about it.
    """

    slug: str
    title: Label
    promised: Label
    promised_by: tuple[Organisation, ...]
    done: int
    noun: Label
    progress: Progress
    parts: tuple[tuple[Label, Progress], ...]
    beside: tuple[Beside, ...]
    by_area: tuple[tuple[str, int], ...]
    by_month: tuple[tuple[date, int], ...]
    areas_reached: tuple[int, int] | None
    note: Label | None

    @property
    def lags(self) -> bool:
        return self.progress.state in LAGS

    @property
    def lag(self) -> Label:
        """How far a commitment that lags has come, in a sentence."""
        expected = self.progress.expected
        words = Words.ONE_LAGS if expected is None else Words.ONE_LAGS_PACE
        state = self.progress.state.label
        lag = words.fill(title=self.title, words=self.progress.words, expected=expected, state=state)
        return Label.join(" ", (lag, self.note)) if self.note else lag


@dataclass(frozen=True)
class Total:
    """One number that may only be told as a sum of the whole promise: what it is of, and the sum in words.

    ``promised`` and ``state`` are those of a commitment, None for a number beside one and where too few have come.
    """

    title: Label
    words: Label
    promised: Label | None = None
    state: State | None = None


@dataclass(frozen=True)
class PledgeTold:
    """One pledge: what was promised and by whom, and each commitment's title, text and way of counting."""

    title: Label
    promise: Label
    promised_by: tuple[Organisation, ...]
    commitments: tuple[Told, ...]
    totals: tuple[Total, ...]
    how: tuple[tuple[Label, Label, tuple[Label, ...]], ...]


@dataclass(frozen=True)
class Report:
    """The days ``span`` of one programme, as it stood on ``made_on``; ``until`` is the last of them that is counted.

    ``example`` says so when nobody has decided the programme; ``answers`` is who answers for it, and where.
    """

    slug: str
    name: Label
    period: Span
    span: Span
    until: date
    made_on: date
    example: Label | None
    decided_on: date | None
    registry_number: str | None
    answers: tuple[str, ...]
    places: tuple[AreaPlace, ...]
    pledges: tuple[PledgeTold, ...]

    @property
    def is_finished(self) -> bool:
        """Whether the days of the report are over."""
        return self.made_on > self.span.last

    @property
    def commitments(self) -> tuple[Told, ...]:
        return tuple(told for pledge in self.pledges for told in pledge.commitments)

    @property
    def lagging(self) -> tuple[Told, ...]:
        """The commitments that have not come as far as they should."""
        return tuple(told for told in self.commitments if told.lags)

    @property
    def totals(self) -> tuple[Total, ...]:
        return tuple(total for pledge in self.pledges for total in pledge.totals)


class Words:
    """What stands on the page and on paper alike."""

    REPORT = Label("Rapport", "Report")
    AS_PDF = Label("Hämta som PDF", "Get as PDF")
    MADE = Label("Framtagen {day}, av det som var loggat då.", "Made on {day}, from what was logged by then.")
    UNDER_WAY = Label(
        "Dagarna är inte slut. Siffrorna gäller till och med {day}.",
        "The days are not over. The figures go up to {day}.",
    )
    DECIDED = Label("Beslutat {day}", "Decided on {day}")
    REGISTERED = Label("Diarienummer {number}", "Registry number {number}")
    ANSWERS = Label("Ansvarar för löftet: {who}", "Answers for the pledge: {who}")
    DONE = Label("Det här är gjort", "What has been done")
    COMMITMENTS = Label("Åtagandena", "The commitments")
    COMMITMENT = Label("Åtagande", "Commitment")
    PROMISED = Label("Utlovat", "Promised")
    IN_THE_DAYS = Label("Dessa dagar", "These days")
    STANDING = Label("Ställning {day}", "Tally on {day}")
    EXPECTED = Label("Förväntat", "Expected")
    STATE = Label("Läge", "State")
    DEVIATIONS = Label("Avvikelser", "Deviations")
    ONE_LAGS = Label("{title}: {words}. {state}.", "{title}: {words}. {state}.")
    ONE_LAGS_PACE = Label(
        "{title}: {words}, förväntat {expected}. {state}.", "{title}: {words}, expected {expected}. {state}."
    )
    NONE_LAGS = Label("Inget åtagande ligger efter.", "No commitment is behind.")
    TOTALS = Label("Redovisas som en summa", "Told as one sum")
    TOTALS_ARE = Label(
        "De här uppgifterna är känsliga. De redovisas som en summa för hela löftet hittills, aldrig per dag, månad "
        "eller kommundel. Summan förnyas när minst fem har tillkommit och när löftet är slut.",
        "These figures are sensitive. They are told as one sum for the whole pledge so far, never by day, month or "
        "area. The sum is renewed when five more or more have come, and when the pledge is over.",
    )
    SUM = Label("Summa", "Sum")
    WHERE_AND_WHEN = Label("Löfte för löfte", "Pledge by pledge")
    PROMISED_BY = Label("Lovat av: {who}", "Promised by: {who}")
    AREAS_REACHED = Label("{part} av {whole} kommundelar", "{part} of {whole} areas")
    AREA = Label("Kommundel", "Area")
    NONE_IN = Label("Inget i {areas}.", "None in {areas}.")
    PER_AREA = Label("Per kommundel", "By area")
    PER_MONTH = Label("Månad för månad", "Month by month")
    HOW = Label("Så räknar vi", "How we count")
    LIMITS = Label("Vad rapporten inte visar", "What the report does not show")
    LIMITS_ARE = Label(
        "Rapporten visar bara summor: ingen enskild aktivitet, person, enhet eller plats och ingen anteckning. Det som "
        "rör misstankar, hjälp, kontakter, samtal, beslag och anmärkningar redovisas bara som en summa för hela "
        "löftet, och annat känsligt inte alls. Rapporten säger vad som har gjorts, inte om brotten har minskat.",
        "The report shows sums only: no single activity, person, unit or place and no note. What concerns suspicion, "
        "help, contacts, conversations, seizures and remarks is told only as one sum for the whole pledge, and other "
        "sensitive figures not at all. The report says what has been done, not whether crime went down.",
    )
    SIGNATURES = Label("Underskrifter", "Signatures")
    FOR = Label("För {who}", "For {who}")
    PLACE_AND_DAY = Label("Ort och datum", "Place and date")
    SIGNATURE = Label("Namnteckning och namnförtydligande", "Signature and name in print")
    PAGE = Label("Sida {n} av {all}", "Page {n} of {all}")


SIGNED_BY = (Label("polisen", "the police"), Label("kommunen", "the municipality"))


class NoReportError(Exception):
    """There is no report of those days: why, and of which days among them there is one."""

    def __init__(self, reason: Label, offers: tuple[Span, ...] = ()) -> None:
        super().__init__(reason.en)
        self.reason = reason
        self.offers = offers
