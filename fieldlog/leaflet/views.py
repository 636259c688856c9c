"""The whole public page of a programme as a PDF."""

from collections.abc import Iterator, Sequence
from datetime import date
from typing import Any

from flask import Blueprint, abort, get_template_attribute
from flask.wrappers import Response
from markupsafe import Markup

from fieldlog.clock import local_day
from fieldlog.counting.queries import listed
from fieldlog.labels import Label
from fieldlog.paper import BAR, PILLARS, SMALL, SOFT, Paper
from fieldlog.public.models import PledgeTold, ProgrammeTold, Told
from fieldlog.public.queries import slug_shown
from fieldlog.public.views import NEWS, kept, told_of
from fieldlog.publication.models import Post
from fieldlog.publication.queries import posts
from fieldlog.reports.actions import TITLE
from fieldlog.reports.forms import month_in_short
from fieldlog.reports.models import Words
from fieldlog.targets.models import Progress, written
from fieldlog.web import allow, everyone, language, now, reading, settings
from fieldlog.web.words import day, say

blueprint = Blueprint("leaflet", __name__)


@blueprint.get("/programme/<programme>/pledges.pdf")
@allow(everyone)
def pledges(programme: str) -> Response:
    """Every pledge of a programme as the public page tells it, with the news that stand there."""

    def paper(through: date) -> bytes:
        is_shown = programme == slug_shown(reading(), settings().municipality, local_day(now()))
        news = posts(reading(), settings().municipality, most=NEWS) if is_shown else ()
        return _Writer(told_of(programme, through) or abort(404), news).written()

    response = kept(paper, "application/pdf")
    response.headers["Content-Disposition"] = f'inline; filename="{programme}.pdf"'
    return response


def _words(name: str, *given: Any, template: str = "public/_words.html") -> str:
    """A sentence of the public page: it is written once, for the screen and for paper."""
    said: Markup = get_template_attribute(template, name)(*given)
    return " ".join(said.unescape().split())


class _Writer:
    """Writes one programme from top to bottom."""

    def __init__(self, programme: ProgrammeTold, news: Sequence[Post]) -> None:
        self.programme, self.news = programme, news
        foot = say(Words.PAGE.fill(n="{n}", all="{all}"))
        self.paper = Paper(say(programme.name), language(), programme.through, foot=foot, accent=settings().accent)

    def written(self) -> bytes:
        self._front()
        for pledge in self.programme.pledges:
            self._pledge(pledge)
        self._how()
        self._about()
        return bytes(self.paper.output())

    def _front(self) -> None:
        programme, paper = self.programme, self.paper
        paper.say(say(programme.name), 12, SOFT, gap=1)
        paper.say(_words("heading"), TITLE, bold=True, gap=1)
        paper.say(_words("lead", programme), colour=SOFT)
        if programme.example:
            paper.say(f"{say(programme.example)}.", bold=True)
        if not programme.has_begun:
            paper.say(_words("begins", programme), bold=True)
        for post in self.news:
            paper.heading(say(post.title), 1)
            paper.say(say(post.text))
            paper.say(day(post.published_at, "date"), SMALL, SOFT)

    def _pledge(self, pledge: PledgeTold) -> None:
        first = self._room(pledge.commitments[0])
        self.paper.heading(say(pledge.title), room=16 + first)
        self.paper.say(say(pledge.promise), colour=SOFT)
        for told in pledge.commitments:
            self._told(told)

    def _told(self, told: Told) -> None:
        paper = self.paper
        paper.heading(say(told.title), 1, room=self._room(told))
        paper.say(say(told.sentence or told.text), gap=0.5)
        if told.held:
            paper.say(f"{_words('held')} {say(told.held[1])}", bold=True)
            paper.say(_words("held_since", told), SMALL, SOFT)
            return
        if told.progress:
            self._standing(told.progress)
        if told.has_no_number:
            paper.say(_words("no_number"), SMALL, SOFT)
        if told.note:
            paper.say(f"{_words('noted', told)} {say(told.note[1])}", bold=True)
        for label, part in told.parts:
            paper.say(say(label), bold=True)
            self._standing(part)
        if facts := list(self._facts(told)):
            paper.say(" · ".join(facts), colour=SOFT, gap=1)
        if told.is_total:
            paper.say(_words("total"), SMALL, SOFT)
        for change in told.revisions:
            paper.say(f"{_words('revised', change)} {_words('change_in_words', change)}", SMALL)
        if told.has_charts:
            self._charts(told)

    def _standing(self, progress: Progress) -> None:
        words = [progress.words, progress.state.label]
        self.paper.say(" · ".join(map(say, words)), 13, bold=True, gap=0.5)
        if progress.target and progress.whole is None:
            self.paper.progress(progress.share_done, progress.share_expected)
        if progress.expected is not None:
            self.paper.say(_words("expected_today", progress, template="_macros/progress.html"), SMALL, SOFT)
        if progress.lacking_words:
            self.paper.say(say(progress.lacking_words), SMALL, SOFT)

    def _facts(self, told: Told) -> Iterator[str]:
        if told.areas_reached:
            part, whole = told.areas_reached
            yield say(Words.AREAS_REACHED.fill(part=part, whole=whole))
        yield from (say(fact.words) for fact in told.facts)
        yield from map(say, told.few)

    def _charts(self, told: Told) -> None:
        areas = [(name, amount, written(amount)) for name, amount in told.by_area if amount]
        months = [(say(month_in_short(month)), amount, written(amount)) for month, amount in told.by_month]
        self.paper.side_by_side((say(Words.PER_AREA), areas), (say(Words.PER_MONTH), months))
        if empty := [Label(name, name) for name, amount in told.by_area if not amount]:
            self.paper.say(say(Words.NONE_IN.fill(areas=listed(empty))), SMALL, SOFT)

    def _room(self, told: Told) -> float:
        """About how many millimetres the commitment takes, so that none is torn by a page's end."""
        bars = sum(amount > 0 for _, amount in told.by_area) if told.has_charts else 0
        return 28 + (12 + max(PILLARS, BAR * bars) if bars else 0)

    def _how(self) -> None:
        self.paper.heading(say(Words.HOW))
        for told in (told for pledge in self.programme.pledges for told in pledge.commitments):
            if self.paper.will_page_break(16):
                self.paper.add_page()
            self.paper.say(say(told.title), bold=True)
            self.paper.say(say(Words.PROMISED_BY.fill(who=told.who)), SMALL, SOFT)
            self.paper.say(" ".join(map(say, (told.text, *told.how))), SMALL, SOFT, gap=2)

    def _about(self) -> None:
        programme, paper = self.programme, self.paper
        paper.heading(_words("about"))
        for words in (say(programme.background), _words("counted", settings().public_delay_days), _words("left_out")):
            paper.say(words, gap=1.5)
        paper.say(_words("decision", programme), bold=True)
        paper.say(say(Words.ANSWERS.fill(who=_words("answers", programme))), colour=SOFT)
