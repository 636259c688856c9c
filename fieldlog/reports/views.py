"""Choosing the days of a report, and the report as a page and as a PDF."""

from collections.abc import Iterable

from flask import Blueprint, redirect, render_template, request, url_for
from werkzeug.wrappers import Response

from fieldlog.actors import Role
from fieldlog.clock import local_day
from fieldlog.counting.queries import in_words
from fieldlog.labels import Label
from fieldlog.periods import Span
from fieldlog.programmes.queries import periods
from fieldlog.public.views import newest
from fieldlog.reports.actions import on_paper
from fieldlog.reports.forms import WrongDaysError, days_in_words, in_short, read_span, usual
from fieldlog.reports.models import SIGNED_BY, NoReportError, Report, Words
from fieldlog.reports.queries import programme_of
from fieldlog.reports.queries import report as report_of
from fieldlog.web import actor, allow, language, now, reading, settings
from fieldlog.web.words import say

blueprint = Blueprint("reports", __name__)


@blueprint.get("/manage/reports")
@allow(Role.SUPERVISOR)
def index() -> str | Response:
    """The usual days of each programme, and a form for any others, which leads to their report if there is one."""
    place, today = actor().municipality, local_day(now())
    first, last = request.args.get("first", ""), request.args.get("last", "")
    wrong: list[tuple[str, str]] = []
    offers: tuple[Span, ...] = ()
    if first or last:
        try:
            span = read_span(first, last)
            programme_of(reading(), place, span, today)
            return redirect(_address(span))
        except WrongDaysError as error:
            wrong = [(error.field, say(error.reason))]
        except NoReportError as error:
            wrong, offers = [("first", say(error.reason))], error.offers
    known = [(period, Span(period.first_day, period.last_day)) for period in periods(reading(), place)]
    choices = [(period.name, _links(usual(whole, today))) for period, whole in known]
    return render_template(
        "reports/index.html", choices=choices, offers=_links(offers), first=first, last=last, wrong=wrong
    )


@blueprint.get("/report/<first>/<last>")
@allow(Role.SUPERVISOR)
def report(first: str, last: str) -> str | Response:
    """The report of the days; where there is none, back to choosing, which says why."""
    found = _found(first, last)
    if found is None:
        return redirect(url_for("reports.index", first=first, last=last))
    return render_template(
        "reports/report.html",
        report=found,
        words=Words,
        signed_by=SIGNED_BY,
        in_short=in_short(found.span),
        days=days_in_words(found.span),
        in_words=in_words,
    )


@blueprint.get("/report/<first>/<last>/report.pdf")
@allow(Role.SUPERVISOR)
def report_pdf(first: str, last: str) -> Response:
    """The same as a file."""
    found = _found(first, last)
    if found is None:
        return redirect(url_for("reports.index", first=first, last=last))
    name = f"{found.slug}-{found.span.first}-{found.span.last}.pdf"
    headers = {"Content-Disposition": f'attachment; filename="{name}"'}
    return Response(on_paper(found, language(), settings().accent), mimetype="application/pdf", headers=headers)


def _found(first: str, last: str) -> Report | None:
    newest()  # what is sensitive is told as the public page tells it
    try:
        return report_of(reading(), actor().municipality, read_span(first, last), now())
    except (WrongDaysError, NoReportError):
        return None


def _address(span: Span) -> str:
    return url_for("reports.report", first=span.first, last=span.last)


def _links(spans: Iterable[Span]) -> list[tuple[Label, str]]:
    return [(in_short(span), _address(span)) for span in spans]
