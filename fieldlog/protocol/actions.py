"""A walk's protocol on paper."""

from datetime import datetime

from fieldlog.clock import local, local_day
from fieldlog.labels import Label
from fieldlog.mending.queries import FIELDS
from fieldlog.paper import SOFT, WIDTH, Cell, Paper
from fieldlog.protocol.models import Protocol

TITLE = Label("Protokoll från trygghetsvandring", "Protocol of a safety walk")
FINDINGS, NONE = Label("Iakttagelser", "Findings"), Label("Inga iakttagelser.", "No findings.")
WHAT, WHERE = Label("Vad", "What"), Label("Var", "Where")
VOID = Label("Vandringen är makulerad.", "The walk is voided.")
FOOT = Label("Sida {n} av {all}", "Page {n} of {all}")
AS_OF = Label("Läget {day}.", "As of {day}.")
WIDTHS = (28.0, 52.0, 34.0, 28.0, WIDTH - 142.0)


def on_paper(protocol: Protocol, language: str, accent: str, now: datetime) -> bytes:
    """The protocol as a PDF."""
    title = TITLE.text(language)
    paper = Paper(title, language, local_day(now), foot=FOOT.text(language), accent=accent)
    paper.say(title, 20.0, bold=True, gap=1)
    when = local(protocol.happened_at).strftime("%Y-%m-%d %H:%M")
    paper.say(", ".join(part for part in (protocol.area, when) if part), colour=SOFT, gap=3)
    if protocol.is_void:
        paper.say(VOID.text(language), bold=True, gap=2)
    for label, text in protocol.facts:
        paper.say(f"{label.text(language)}: {text.text(language)}", gap=1)
    paper.heading(FINDINGS.text(language))
    if not protocol.rows:
        paper.say(NONE.text(language))
        return bytes(paper.output())
    headings = [WHAT, WHERE, FIELDS["status"], FIELDS["wanted_by"], FIELDS["responsible"]]
    rows = [
        [Cell(words) for words in (
            row.title.text(language), row.where.text(language), row.status_words.text(language),
            str(row.wanted_by or ""), row.responsible,
        )]
        for row in protocol.rows
    ]  # fmt: skip
    paper.rows([label.text(language) for label in headings], rows, WIDTHS)
    paper.ln(3)
    paper.say(AS_OF.fill(day=local_day(now)).text(language), colour=SOFT)
    return bytes(paper.output())
