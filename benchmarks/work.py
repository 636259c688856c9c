"""The work that is sent: traffic controls, the kind with the most measures, answered as they are in the field."""

import json
import random
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any

from fieldlog.ids import new_id

KIND = "traffic-control"
DEVICE = "0192aaaa-0000-7000-8000-00000000be9c"
PLACES = ("E14 vid Odensala", "Rådhusgatan", "Fyrvalla", "E45 söder om Brunflo", "Genvägen", "Frösövägen")
AN_OUTBOX_HOLDS = timedelta(days=7)


def answers(dice: random.Random) -> dict[str, Any]:
    """A whole control: every count filled in, a note on one in five."""
    tests = dice.randrange(5, 40)
    return {
        "place": dice.choice(PLACES),
        "near_school": dice.random() < 0.3,
        "heavy_traffic": dice.random() < 0.6,
        "focus": dice.choice((["speed"], ["sobriety"], ["speed", "sobriety"], ["behaviour"])),
        "vehicles": dice.randrange(5, 60),
        "tests": tests,
        "suspected": 0,
        "positives": 0,
        "fines": dice.randrange(4),
        "licences": 0,
        "terrain": False,
        "organisations": [],
        "note": "Lugnt, mest lokaltrafik" if dice.random() < 0.2 else None,
    }


@dataclass(frozen=True)
class Session:
    """A device that is signed in: its session's cookie, and the number of its account."""

    cookie: str
    account: int


def bodies(session: Session, areas: list[str], requests: int, entries: int, seed: int) -> list[bytes]:
    """Envelopes ready to send. One entry is sent as it is saved; many are what an outbox holds after days away."""
    dice = random.Random(seed)
    return [_envelope(session, areas, entries, dice) for _ in range(requests)]


def _envelope(session: Session, areas: list[str], entries: int, dice: random.Random) -> bytes:
    now = datetime.now(UTC)
    sent = [_entry(dice, areas, now, is_now=entries == 1) for _ in range(entries)]
    said = {"account": session.account, "device": DEVICE, "app": "0a1b2c3d", "waiting": 0, "sent_at": now.isoformat()}
    return json.dumps(said | {"entries": sent}, ensure_ascii=False).encode()


def _entry(dice: random.Random, areas: list[str], now: datetime, *, is_now: bool) -> dict[str, Any]:
    saved_at = now if is_now else now - dice.random() * AN_OUTBOX_HOLDS
    return {
        "id": str(new_id(saved_at)),
        "kind": KIND,
        "happened_at": saved_at.isoformat(),
        "saved_at": saved_at.isoformat(),
        "untouched_now": is_now,
        "area": dice.choice(areas),
        "answers": answers(dice),
    }
