"""What others follow up, marked: codes of handovers, findings and their photos, and what is planned."""

from collections.abc import Mapping
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from fieldlog import codes
from fieldlog.actors import Actor, Organisation, Role
from fieldlog.entries.models import Entry
from fieldlog.handovers.actions import reserve
from fieldlog.handovers.models import HandoverCode
from fieldlog.ids import new_id
from fieldlog.occasions.actions import Planned, plan
from fieldlog.photos.actions import accept
from fieldlog.photos.models import Sent
from fieldlog.photos.queries import findings
from fieldlog.web import House
from tests.fixtures.pictures import with_exif
from tests.fixtures.work import NOW
from tests.secrecy.marks import Marks, name, staff, supervisors

MUNICIPALITY, POLICE = Organisation.MUNICIPALITY, Organisation.POLICE


class Followed:
    """The keys of findings, the ids of photos and of occasions."""

    def __init__(self, house: House, marks: Marks, people: Mapping[str, Actor], entries: list[UUID]) -> None:
        self.house, self.marks, self.people = house, marks, people
        self.findings, self.photos, self.occasions = list[UUID](), list[UUID](), list[UUID]()
        house.database.write(self._hand_over)
        house.database.write(self._plan)
        with house.database.read() as reading:
            walks = list(reading.scalars(select(Entry).where(Entry.id.in_(entries), Entry.kind == "safety-walk")))
        for walk in walks:
            self._photograph(walk)

    def _hand_over(self, session: Session) -> None:
        """The codes that were given, and those that each phone of the police has in store."""
        made_by = (name(POLICE, Role.REPORTER), *supervisors(POLICE))
        for code in session.scalars(select(HandoverCode.code)):
            self._mark(code, "the code of a yes", *made_by, *staff(Organisation.SOCIAL_SERVICES))
        for part in staff(POLICE):
            for kept in reserve(session, [(self.people[part], NOW)]).values():
                for spoken in kept:
                    self._mark(spoken, f"a code that the phone of {part} has in store", part)

    def _mark(self, code: str, what: str, *readers: str) -> None:
        stored = codes.read(code)
        assert stored is not None
        for written in (stored, codes.spoken(stored)):
            self.marks.add(written, what, *readers)

    def _plan(self, session: Session) -> None:
        """An occasion of the municipality's own, and one with the police."""
        by = self.people[name(MUNICIPALITY, Role.SUPERVISOR)]
        for who in ({MUNICIPALITY}, {MUNICIPALITY, POLICE}):
            id = plan(session, "alcohol-inspection", Planned(NOW, "lit", 6, frozenset(who)), by, NOW)
            self.marks.add(id, "what is planned", *staff(*who))
            self.occasions.append(id)

    def _photograph(self, walk: Entry) -> None:
        by = self.people[name(Organisation(walk.organisation), Role.REPORTER)]
        _, readers = self.marks.told[str(walk.id)]
        for key in findings(walk):
            sent = Sent(new_id(NOW), walk.id, key, with_exif())
            result = accept(self.house.database.write, sent, self.house.settings.instance, by, NOW)
            assert result.outcome == "accepted", result
            self.marks.add(key, "a finding", *readers)
            self.marks.add(sent.id, "a photo", *readers)
            self.findings.append(key)
            self.photos.append(sent.id)
