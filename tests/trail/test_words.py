"""Every event that is noted anywhere has words that a person understands."""

import ast

from fieldlog.actors import Role
from fieldlog.trail.models import DETAILS, actions_for
from tests.houserules.tree import PACKAGE, files, name

WRITERS = {"note": 3, "event": 2}
"""What writes events, and which of its arguments names the action."""
UNSEEN = {"finding", "kind", "digests", "versions", "photo"}
"""What is noted of entries alone, whose page tells it."""


def test_every_action_that_is_noted_is_called_something() -> None:
    called = actions_for(Role.SUPERVISOR) | actions_for(Role.ADMINISTRATOR)
    for path in files(PACKAGE, ".py"):
        for call in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(call, ast.Call) and isinstance(call.func, ast.Name) and call.func.id in WRITERS:
                unsaid = {one.arg for one in call.keywords if one.arg} - DETAILS.keys()
                is_entry = any("entry:" in ast.unparse(argument) for argument in call.args)
                assert is_entry or not unsaid - UNSEEN, f"{name(path)} notes {unsaid}: say in fieldlog/trail/models.py"
                action = call.args[WRITERS[call.func.id]]
                known = not isinstance(action, ast.Constant) or action.value in called
                assert known, (
                    f"{name(path)} notes {ast.unparse(action)}: say in fieldlog/trail/models.py what that is called"
                )
