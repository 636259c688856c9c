"""What can be asked of the audit log."""

import re
from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Any

from flask_babel import gettext
from wtforms import StringField
from wtforms.validators import ValidationError

from fieldlog.actors import Role
from fieldlog.clock import local_day
from fieldlog.trail.models import Search, actions_for
from fieldlog.web import language
from fieldlog.web.forms import DayField, ListField, SearchForm

USUAL = timedelta(days=30)
MOST_SUBJECT = 80
IDENTITY = re.compile(r"[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}")
SUBJECT = re.compile(r"[a-z-]+:[\w./-]+")


class TrailForm(SearchForm):
    """Which events are looked for; unless days are given, those of the last thirty."""

    first = DayField()
    last = DayField()
    person = ListField()
    action = ListField()
    subject = StringField()

    def offer(self, role: Role, colleagues: Sequence[tuple[str, str]]) -> None:
        everything = ("", gettext("Alla"))
        self.person.choices = [everything, *colleagues]
        self.action.choices = [
            everything,
            *((slug, label.text(language())) for slug, label in actions_for(role).items()),
        ]

    def validate_last(self, last: Any) -> None:
        if self.first.data and last.data and last.data < self.first.data:
            raise ValidationError(gettext("Den sista dagen ligger före den första."))

    def validate_subject(self, subject: Any) -> None:
        """An entry's id, or the address of its page; or another subject as the log has it, such as account:3."""
        typed = (subject.data or "").strip().lower()
        identity = IDENTITY.search(typed[:200])
        subject.data = f"entry:{identity[0]}" if identity else typed[:MOST_SUBJECT]
        if subject.data and not SUBJECT.fullmatch(subject.data):
            raise ValidationError(gettext("Klistra in aktivitetens adress eller id."))

    def search(self, now: datetime) -> Search:
        last = self.last.data or local_day(now)
        first = self.first.data or last - USUAL
        return Search(first, last, self.person.data, self.action.data, self.subject.data or "")

    @property
    def asked(self) -> dict[str, Any]:
        """What was asked, as it stands in the page's address."""
        return {field.name: str(field.data) for field in self if field.data}
