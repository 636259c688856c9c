"""A house in which everybody has written something that others may not read."""

from dataclasses import replace
from datetime import timedelta
from functools import partial
from typing import Any
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from fieldlog.accounts import actions as accounts
from fieldlog.accounts.models import Account, Device, Unit
from fieldlog.actors import NO_UNIT, Actor, Organisation, Role
from fieldlog.clock import local_day
from fieldlog.disclosure.actions import open_request
from fieldlog.entries.forms import Item
from fieldlog.exports.actions import Workshop, begin
from fieldlog.exports.models import Order
from fieldlog.fields import Link, Rows, Text
from fieldlog.intake.actions import accept
from fieldlog.kind import JOINT, NOTE, Kind
from fieldlog.kinds import KINDS, logged_by
from fieldlog.periods import Span
from fieldlog.tables.models import Selection
from fieldlog.tables.queries import kinds_read
from fieldlog.web import House
from tests.fixtures.people import PLACE
from tests.fixtures.work import NOW, correction, item
from tests.kinds.answers import asked, least, simplest
from tests.secrecy.following import Followed
from tests.secrecy.marks import ADMINISTRATORS, PARTS, Marks, colleagues, name, staff, supervisors

HELP_OFFER = KINDS["help-offer"]
TOGETHER = ("alcohol-inspection", "safety-walk", "youth-visit", "youth-alcohol")


class Seeded:
    """The house, its marks, the tokens of everybody's devices, and what an address can name."""

    def __init__(self, house: House) -> None:
        self.house, self.marks = house, Marks()
        self.people: dict[str, Actor] = {}
        self.tokens: dict[str, str] = {}
        self.entries: dict[Organisation, list[UUID]] = {each: [] for each in Organisation}
        self.of: dict[tuple[str, Organisation], UUID] = {}
        self.exports, self.requests = list[UUID](), list[int]()
        self.path: dict[str, list[Any]] = {}
        house.database.write(self._add_people)
        for organisation in Organisation:
            self._log(organisation)
        self._send(
            name(Organisation.POLICE, Role.REPORTER), self._item(HELP_OFFER, Organisation.POLICE, {Organisation.POLICE})
        )
        for organisation in Organisation:
            self._file(organisation)
        self.followed = Followed(house, self.marks, self.people, list(self.of.values()))

    def _add_people(self, session: Session) -> None:
        units = {unit.organisation: unit.slug for unit in session.scalars(select(Unit).filter_by(municipality=PLACE))}
        for part, (organisation, role) in PARTS.items():
            row = Account(
                municipality=PLACE, name=self.marks.new(f"the name of {part}", *colleagues(organisation)),
                password_hash="x", organisation=organisation, role=role, created_at=NOW,
                unit=units[organisation] if role is Role.REPORTER else NO_UNIT, summary_language="sv",
                email=f"{self.marks.new(f'the address of {part}', part, *ADMINISTRATORS)}@example.se",
            )  # fmt: skip
            session.add(row)
            session.flush()
            device = self.marks.new(f"a device of {part}", *colleagues(organisation))
            accounts.open_device(session, row.id, NOW - timedelta(days=9), device)
            silent = session.scalars(select(Device.id).where(Device.account_id == row.id)).one()
            accounts.hear_outbox(session, silent, "2026.1", 2)
            token = accounts.open_device(session, row.id, NOW, device)
            assert token is not None
            newest = session.scalars(select(Device.id).where(Device.account_id == row.id, Device.id != silent)).one()
            self.people[part], self.tokens[part] = replace(row.actor(), device=newest), token

    def _log(self, organisation: Organisation) -> None:
        """Every kind alone, some together with everybody; some refused, some corrected by another organisation."""
        reporter = name(organisation, Role.REPORTER)
        for kind in logged_by(organisation):
            for together in (False, True) if kind.slug in TOGETHER else (False,):
                with_ = set(Organisation) if together else {organisation}
                sent = self._item(kind, organisation, with_)
                self._send(reporter, sent)
                self.entries[organisation].insert(0 if together else len(self.entries[organisation]), sent.id)
                before = sent
                for corrector in [reporter, *(name(each, Role.SUPERVISOR) for each in with_ - {organisation})]:
                    other = PARTS[corrector][0]
                    if other in kind.readers:
                        readers = (*supervisors(other), reporter) if corrector == reporter else supervisors(other)
                        words = self.marks.new(f"why {corrector} corrected {kind.slug} of {reporter}", *readers)
                        before = correction(before, explanation=words)
                        self._send(corrector, before)
            wrong = self._item(kind, organisation, {organisation}, unheard="of")
            self._send(reporter, wrong, outcome="refused")

    def _item(self, kind: Kind, organisation: Organisation, with_: set[Organisation], **more: Any) -> Item:
        reporter = name(organisation, Role.REPORTER)
        own = (reporter, *supervisors(organisation))
        answers = least(kind, **more)
        everybody = (reporter, *supervisors(*with_ & {*kind.readers}, organisation))
        answerers = staff(Organisation.SOCIAL_SERVICES) if kind is HELP_OFFER else ()
        for part in kind.fields.values():
            readers = own if part.name == NOTE.name else everybody
            word = self.marks.new(f"the {part.name} in {kind.slug} of {reporter}", *readers)
            if isinstance(part, Text) and asked(part, answers):
                answers[part.name] = word
            elif isinstance(part, Rows):
                answers[part.name] = [
                    {one.name: word if isinstance(one, Text) else simplest(one) for one in part.columns}
                ]
            elif isinstance(part, Link) and part.name in answers:
                answers[part.name] = str(self.of[part.to, Organisation.POLICE])
        if len(with_) > 1:
            answers[JOINT.name] = [each.value for each in with_ - {organisation}]
        sent = item(kind.slug, answers)
        self.of.setdefault((kind.slug, organisation), sent.id)
        self.marks.add(sent.id, f"{kind.slug} of {reporter}", *everybody, *answerers)
        return sent

    def _send(self, who: str, sent: Item, outcome: str = "accepted") -> None:
        work = partial(accept, items=[sent], by=self.people[who], now=NOW)
        (result,) = self.house.database.write(work)
        assert result.outcome == outcome, (who, sent.kind, result)

    def _file(self, organisation: Organisation) -> None:
        """A supervisor's export, made already, and a request for documents."""
        (who,) = supervisors(organisation)
        by, database = self.people[who], self.house.database
        today = local_day(NOW)
        kinds = tuple(kind.slug for kind in kinds_read(by))
        order = Order(Span(today, today), kinds, with_history=True)
        export = database.write(lambda session: begin(session, order, 1, by, NOW))
        assert export is not None
        self.marks.add(export.id, f"an export of {who}", who)
        Workshop(database.snapshot, database.write, self.house.clock, self.house.settings.instance).make(
            export.id, 1, order, by
        )
        number, function = (self.marks.new(f"{what} of {who}", who) for what in ("a request", "who decides a request"))
        chosen = Selection(order.span, kinds, with_history=True)
        asked_for = database.write(
            lambda session: open_request(session, chosen, by, NOW, number=number, decided_by=function)
        )
        self.exports.append(export.id)
        self.requests.append(asked_for.id)
