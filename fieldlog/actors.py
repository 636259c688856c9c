"""Who acts: the organisations that log, the roles in them, and the person behind one action."""

from dataclasses import dataclass
from enum import StrEnum

from fieldlog.labels import Label


class Organisation(StrEnum):
    POLICE = "police"
    MUNICIPALITY = "municipality"
    SOCIAL_SERVICES = "social-services"
    PARTNER = "partner"

    @property
    def label(self) -> Label:
        return _ORGANISATIONS[self]


class Role(StrEnum):
    REPORTER = "reporter"
    SUPERVISOR = "supervisor"
    ADMINISTRATOR = "administrator"

    @property
    def label(self) -> Label:
        return _ROLES[self]


_ORGANISATIONS = {
    Organisation.POLICE: Label("Polisen", "Police"),
    Organisation.MUNICIPALITY: Label("Kommunen", "Municipality"),
    Organisation.SOCIAL_SERVICES: Label("Socialtjänsten", "Social services"),
    Organisation.PARTNER: Label("Annan aktör", "Other partner"),
}
_ROLES = {
    Role.REPORTER: Label("Rapportör", "Reporter"),
    Role.SUPERVISOR: Label("Arbetsledare", "Supervisor"),
    Role.ADMINISTRATOR: Label("Administratör", "Administrator"),
}

NO_UNIT = "-"


@dataclass(frozen=True)
class Actor:
    """One person at one moment, as actions and queries need to know them.

    ``municipality`` is the four-digit code, ``unit`` a unit's slug or ``-``, ``device`` the signed-in device's
    number, or None for the command line.
    """

    account: int
    municipality: str
    organisation: Organisation
    role: Role
    unit: str = NO_UNIT
    device: int | None = None

    @property
    def may_plan(self) -> bool:
        """Whether they change what was promised: administrators, and supervisors of the police and the municipality."""
        promises = self.organisation in {Organisation.POLICE, Organisation.MUNICIPALITY}
        return self.role == Role.ADMINISTRATOR or (self.role == Role.SUPERVISOR and promises)
