"""How a rule is counted, in plain sentences: what "så räknar vi" says."""

from collections.abc import Iterable, Iterator
from datetime import date

from babel.dates import format_date, get_day_names, get_month_names

from fieldlog.counting.models import Limit, Rule, Share, Target
from fieldlog.kinds import KINDS
from fieldlog.labels import Label
from fieldlog.measures import DEFAULTS, Rules
from fieldlog.pace import LINEAR_FROM, TOLERANCE, TOLERANCE_SHARE
from fieldlog.periods import Span, Window

_SV_DAYS, _EN_DAYS = get_day_names("wide", locale="sv"), get_day_names("wide", locale="en")
_SV_MONTHS, _EN_MONTHS = get_month_names("wide", locale="sv"), get_month_names("wide", locale="en")

AND = Label(" och ", " and ")
EACH = {
    Window.WEEK: Label("varje vecka", "every week"),
    Window.MONTH: Label("varje månad", "every month"),
    Window.TERM: Label("varje termin", "every term"),
}
ONE = {Window.WEEK: Label("vecka", "week"), Window.MONTH: Label("månad", "month"), Window.TERM: Label("termin", "term")}
IN_ALL = Label("under hela perioden", "in the whole period")
BY = Label("senast {day}", "by {day}")

NO_NUMBER = Label("Inget antal är utlovat.", "No number was promised.")
AT_LEAST = Label("Målet är minst {n} {when}.", "The target is at least {n} {when}.")
RANGE = Label("Målet är {n}–{upto} {when}. Fler går bra.", "The target is {n}–{upto} {when}. More is fine.")
AVERAGE = Label(
    "Målet är i snitt minst {n} per {window}, alltså {need} {when}.",
    "The target is on average at least {n} a {window}: {need} {when}.",
)
BASELINE = Label("Före löftet var antalet {n}.", "Before the promise the number was {n}.")
ON_WORKING_DAYS = Label("Timmarna går bara på vardagar.", "The hours run on working days only.")
ONLY = Label("Bara {limits} räknas.", "Only {limits} count.")
WITHIN = Label("{label}: de räknas också i totalen.", "{label}: they count in the total too.")
APART = Label(
    "{label}: de kommer utöver totalen. Ingen räknas två gånger.",
    "{label}: they come on top of the total. None counts twice.",
)
SUM = Label("Ställningen är summan av {measures}.", "The tally is the sum of {measures}.")
BESIDE = Label("Bredvid ställningen visas: {labels}.", "Shown beside the tally: {labels}.")
BUSY = Label("Rusningstid är vardagar {hours}.", "Busy hours are weekdays {hours}.")

NONE_PROMISED = Label("inget antal utlovat", "no number promised")
LEAST = Label("minst {n}", "at least {n}")
FROM_TO = Label("{n}–{upto}", "{n}–{upto}")
EVERY = Label("alla", "all")
LEAST_PERCENT = Label("minst {n} procent", "at least {n} per cent")

WINDOW_PACE = Label(
    "En {window} bedöms när den är slut. En {window} som till hälften eller mindre ligger i perioden bedöms inte.",
    "A {window} is judged when it is over. A {window} with half of its days or fewer in the period is not judged.",
)
LINEAR = Label(
    "Takten räknas jämnt över perioden. Ligger efter betyder att det saknas mer än {slack} mot förväntat i dag.",
    "We expect the same number every day. Behind means that more than {slack} are missing from that.",
)
PLANNED = Label(
    "Takten följer en plan månad för månad. Ligger efter betyder att det saknas mer än {slack} mot planen.",
    "What we expect follows a plan by months. Behind means that more than {slack} are missing from it.",
)
DATED = Label(
    "Ligger efter betyder att ett planerat tillfälle inte har blivit av två veckor senare.",
    "Behind means that a planned occasion is not done two weeks later.",
)
LAST_QUARTER = Label(
    "Takten bedöms bara under periodens sista fjärdedel.", "The pace is judged only in the period's last quarter."
)
ALL = Label("Målet är alla {whole}.", "The target is all {whole}.")
PERCENT = Label("Målet är minst {n} procent av alla {whole}.", "The target is at least {n} per cent of all {whole}.")
LACKING = Label(
    "En uppgift som inte har fyllts i räknas inte som noll. Den visas för sig.",
    "What was left empty is not counted as zero. It is shown by itself.",
)
CHANGED = Label(
    "Regeln ändrades senast {day}. Varje dag räknas med den regel som gällde då.",
    "The rule was last changed on {day}. Each day is counted by the rule in force on it.",
)

NO_DAYS = Label(
    "Regeln räknar ingenting: ingen av dagarna finns i perioden.",
    "The rule counts nothing: the period has none of its days.",
)
RETIRED = Label(
    "Regeln räknar ingenting: det som den räknar kan inte längre loggas.",
    "The rule counts nothing: what it counts can no longer be logged.",
)
OTHER_TIME = Label("Målets sista dag ligger utanför perioden.", "The target's last day is outside the period.")


def counts_nothing(rule: Rule, period: Span, first: date) -> Label | None:
    """Why nothing logged in the period from ``first`` on could ever count, or a target be judged; None otherwise."""
    if not rule.limit.days(Span(first, period.last)):
        return NO_DAYS
    if all(KINDS[kind].is_retired for kind in kinds_counted(rule)):
        return RETIRED
    targets = [rule.target, *(part.target for part in rule.parts)]
    return OTHER_TIME if any(target and target.by and target.by not in period for target in targets) else None


def explain(
    rule: Rule, need: int | None, pace: Label | None, changed: date | None = None, *, thresholds: Rules = DEFAULTS
) -> tuple[Label, ...]:
    """The sentences, one by one.

    ``need`` is how many are needed in all, ``changed`` the day of the last change, ``thresholds`` those in force.
    """
    return tuple(_sentences(rule, need, pace, changed, thresholds))


def pace_in_words(target: Target, need: int, has_plan: bool, has_dates: bool) -> Label:
    """How the target's pace is judged."""
    if target.each:
        return WINDOW_PACE.fill(window=ONE[target.each])
    if need >= LINEAR_FROM:
        slack = str(round(max(TOLERANCE, float(need * TOLERANCE_SHARE)), 1)).removesuffix(".0")
        return (PLANNED if has_plan else LINEAR).fill(slack=Label(slack.replace(".", ","), slack))
    return DATED if has_dates else LAST_QUARTER


def _sentences(
    rule: Rule, need: int | None, pace: Label | None, changed: date | None, thresholds: Rules
) -> Iterator[Label]:
    yield from (KINDS[kind].counts_as_under(thresholds) for kind in kinds_counted(rule))
    if len(rule.counts) > 1:
        yield SUM.fill(measures=listed(_measure(ref) for ref in rule.counts))
    if not rule.limit.is_open:
        yield ONLY.fill(limits=_limits(rule.limit))
    if rule.share:
        yield from _share(rule.share, thresholds)
    elif rule.target:
        yield _target(rule.target, need or rule.target.at_least)
        if rule.target.baseline is not None:
            yield BASELINE.fill(n=rule.target.baseline)
    else:
        yield NO_NUMBER
    for part in rule.parts:
        yield (WITHIN if part.setting == "within" else APART).fill(label=part.label)
    if pace:
        yield pace
    if rule.beside:
        yield BESIDE.fill(labels=listed(aside.label for aside in rule.beside))
    if thresholds.busy_hours and any(ref.endswith(".busy-time") for ref in rule.refs):
        yield BUSY.fill(hours=listed(Label(*(f"{start:02}–{end:02}",) * 2) for start, end in thresholds.busy_hours))
    if changed:
        yield CHANGED.fill(day=in_words(changed))


def promised_in_words(rule: Rule, need: int | None) -> Label:
    """What was promised, in a few words: "minst 50", "minst 2 varje vecka", "alla"; ``need`` is needed in all."""
    if rule.share:
        all_of_them = rule.share.at_least_percent == 100
        return EVERY if all_of_them else LEAST_PERCENT.fill(n=rule.share.at_least_percent)
    target = rule.target
    if not target:
        return NONE_PROMISED
    when = EACH[target.each] if target.each else BY.fill(day=in_words(target.by)) if target.by else None
    words = FROM_TO.fill(n=target.at_least, upto=target.upto) if target.upto else LEAST.fill(n=need or target.at_least)
    return Label.join(" ", (words, when)) if when else words


def kinds_counted(rule: Rule) -> tuple[str, ...]:
    """The kinds that the tally is made of, the leading one first."""
    return tuple(dict.fromkeys(ref.partition(".")[0] for ref in rule.counts))


def kinds_read(rule: Rule) -> tuple[str, ...]:
    """Every kind that says something about the commitment, those that are counted first."""
    return tuple(dict.fromkeys((*kinds_counted(rule), *sorted(ref.partition(".")[0] for ref in rule.refs))))


def listed(labels: Iterable[Label]) -> Label:
    """ "a, b och c"."""
    *most, last = labels
    if not most:
        return last
    return Label(
        *(AND.text(code).join((", ".join(x.text(code) for x in most), last.text(code))) for code in ("sv", "en"))
    )


def in_words(day: date) -> Label:
    """ "1 juli 2017"."""
    return Label(format_date(day, "d MMMM y", "sv"), format_date(day, "d MMMM y", "en"))


def _target(target: Target, need: int) -> Label:
    when = BY.fill(day=in_words(target.by)) if target.by else IN_ALL
    if target.average and target.window:
        return AVERAGE.fill(n=target.at_least, window=ONE[target.window], need=need, when=when)
    when = EACH[target.each] if target.each else when
    return (RANGE if target.upto else AT_LEAST).fill(n=target.at_least, upto=target.upto or "", when=when)


def _share(share: Share, thresholds: Rules) -> Iterator[Label]:
    whole, percent = share.whole_is.fill(hours=thresholds.answer_within_hours), share.at_least_percent
    yield ALL.fill(whole=whole) if percent == 100 else PERCENT.fill(n=percent, whole=whole)
    if share.overdue and thresholds.answer_on_working_days:
        yield ON_WORKING_DAYS
    if share.lacking:
        yield LACKING


def _limits(limit: Limit) -> Label:
    weekdays = [Label(f"{_SV_DAYS[day]}ar", f"{_EN_DAYS[day]}s") for day in limit.weekdays]
    months = [Label(_SV_MONTHS[month], _EN_MONTHS[month]) for month in limit.months]
    return listed((*weekdays, *months, *(Label(area, area) for area in limit.areas)))


def _measure(ref: str) -> Label:
    kind, _, name = ref.partition(".")
    label = KINDS[kind].measures[name].label
    return Label(f"{KINDS[kind].label.sv} ({label.sv})", f"{KINDS[kind].label.en} ({label.en})")
