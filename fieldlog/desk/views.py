"""The index of the desk."""

from flask import Blueprint, render_template

from fieldlog.actors import Role
from fieldlog.desk.models import groups_for
from fieldlog.web import actor, allow

blueprint = Blueprint("desk", __name__)


@blueprint.get("/manage")
@allow(Role.SUPERVISOR, Role.ADMINISTRATOR)
def manage() -> str:
    return render_template("desk/manage.html", groups=groups_for(actor()))
