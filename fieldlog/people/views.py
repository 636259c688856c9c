"""The pages on which administrators manage accounts, and the one that an invitation leads to."""

from collections.abc import Callable
from typing import Any, TypeVar

from flask import Blueprint, abort, flash, redirect, render_template, request, url_for
from flask_babel import gettext
from flask_babel import lazy_gettext as _l
from flask_limiter.util import get_remote_address
from flask_login import current_user
from sqlalchemy.orm import Session
from werkzeug.wrappers import Response

from fieldlog import passwords, web
from fieldlog.accounts.actions import LastAdministratorError, NameTakenError, WrongUnitError
from fieldlog.accounts.forms import RevokeForm
from fieldlog.accounts.models import Account
from fieldlog.accounts.queries import devices, units
from fieldlog.accounts.views import limiter, wide_limit
from fieldlog.actors import Actor, Organisation, Role
from fieldlog.people import actions, forms, queries
from fieldlog.people.actions import ChangedMeanwhileError, NobodyError
from fieldlog.people.forms import InvitationForm, PasswordForm, PlacingForm
from fieldlog.people.models import State
from fieldlog.web.words import LANGUAGES

Answer = TypeVar("Answer")
Page = str | tuple[str, int]

WRONG_UNIT = _l("Enheten hör till en annan organisation. Välj en av organisationens egna.")
LAST_ADMINISTRATOR = _l("Det här är den sista administratören. Gör någon annan till administratör först.")

ACCOUNT = "/manage/accounts/<int(max=2147483647):number>"

blueprint = Blueprint("people", __name__)


@blueprint.get("/manage/accounts")
@web.allow(Role.ADMINISTRATOR)
def accounts() -> str:
    search, after = forms.search(request.args), request.args.get("after", "")
    rows, has_more = queries.found(web.reading(), web.actor().municipality, search, after=after)
    return render_template(
        "people/accounts.html", search=search, rows=rows, has_more=has_more, states=list(State), **_choices()
    )


@blueprint.route("/manage/accounts/invite", methods=["GET", "POST"])
@web.allow(Role.ADMINISTRATOR)
def invite() -> Page:
    form = InvitationForm()
    made = _invited(form) if request.method == "POST" and form.validate() else {}
    page = render_template("people/invite.html", form=form, errors=_errors(form), **made, **_choices())
    return page, 400 if form.errors else 200


def _invited(form: InvitationForm) -> dict[str, Any]:
    """The account and the link that were made; nothing when the form says why there are none."""
    name, placing = form.name.data or "", form.placing
    try:
        made, token = _do(lambda writing, by, now: actions.invite(writing, by, now, name, placing))
    except NameTakenError:
        form.name.errors = [gettext("Namnet är upptaget. Välj ett annat.")]
    except WrongUnitError:
        form.unit.errors = [WRONG_UNIT]
    else:
        return _link_to(made, token)
    return {}


@blueprint.route(ACCOUNT, methods=["GET", "POST"])
@web.allow(Role.ADMINISTRATOR)
def account(number: int) -> Page | Response:
    form = PlacingForm()
    if request.method == "POST" and form.validate() and (said := _placed(form, number)):
        flash(said)
        return redirect(url_for("people.account", number=number))
    return _account_page(number, form)


def _placed(form: PlacingForm, number: int) -> str:
    """What was done; empty when the form says why nothing was."""
    shown, placing = form.shown.data or "", form.placing
    try:
        ended = _do(lambda writing, by, now: actions.place(writing, by, now, number, placing, shown=shown))
    except ChangedMeanwhileError:
        form.role.errors = [gettext("Någon annan har ändrat kontot. Se vad som står överst och spara igen.")]
    except WrongUnitError:
        form.unit.errors = [WRONG_UNIT]
    except LastAdministratorError:
        form.role.errors = [LAST_ADMINISTRATOR]
    else:
        return str(gettext("Sparat. Personen får logga in igen.") if ended else gettext("Sparat."))
    return ""


def _account_page(number: int, form: PlacingForm, trouble: object = None) -> Page:
    person = queries.person(web.reading(), web.actor().municipality, number, web.now())
    if person is None:
        abort(404)
    if not form.is_submitted() or trouble:
        form.process(data=vars(person.placing))
    errors = [*_errors(form), *([("state", trouble)] if trouble else [])]
    page = render_template(
        "people/account.html",
        person=person,
        form=form,
        errors=errors,
        button=RevokeForm(),
        devices=devices(web.reading(), person.id),
        **_choices(),
    )
    return page, 400 if errors else 200


@blueprint.post(f"{ACCOUNT}/link")
@web.allow(Role.ADMINISTRATOR)
def link(number: int) -> str:
    made, token = _do(lambda writing, by, now: actions.make_link(writing, by, now, number))
    return render_template("people/link.html", **_link_to(made, token))


@blueprint.post(f"{ACCOUNT}/withdraw")
@web.allow(Role.ADMINISTRATOR)
def withdraw(number: int) -> Response:
    _do(lambda writing, by, now: actions.revoke_link(writing, by, now, number))
    return _done(number, gettext("Länken gäller inte längre."))


@blueprint.post(f"{ACCOUNT}/disable")
@web.allow(Role.ADMINISTRATOR)
def disable(number: int) -> Page | Response:
    try:
        _do(lambda writing, by, now: actions.disable(writing, by, now, number))
    except LastAdministratorError:
        return _account_page(number, PlacingForm(), LAST_ADMINISTRATOR)
    return _done(number, gettext("Kontot är stängt."))


@blueprint.post(f"{ACCOUNT}/enable")
@web.allow(Role.ADMINISTRATOR)
def enable(number: int) -> Response:
    _do(lambda writing, by, now: actions.enable(writing, by, now, number))
    return _done(number, gettext("Kontot är öppet igen."))


@blueprint.post(f"{ACCOUNT}/devices/<int(max=2147483647):device>/revoke")
@web.allow(Role.ADMINISTRATOR)
def revoke(number: int, device: int) -> Response:
    _do(lambda writing, by, now: actions.revoke_device(writing, by, now, number, device))
    return _done(number, gettext("Telefonen eller datorn är utloggad."))


def _missed(response: Response) -> bool:
    return response.status_code in {400, 404}


@blueprint.route("/invitation/<token>", methods=["GET", "POST"])
@web.allow(web.everyone)
@limiter.limit(wide_limit, key_func=get_remote_address, deduct_when=_missed)
def invitation(token: str) -> Page:
    """Whether a link was used, has ended or never was is not told."""
    form = PasswordForm()
    found = queries.invited(web.reading(), token, web.now())
    name = found.name if found else ""
    is_chosen = False
    if found and request.method == "POST" and form.validate() and (hashed := _hashed(form)):
        now = web.now()
        is_chosen = web.write(lambda writing: actions.choose_password(writing, token, now, hashed))
        name = name if is_chosen else ""
    page = render_template(
        "people/invitation.html",
        name=name,
        is_chosen=is_chosen,
        form=form,
        errors=_errors(form),
        languages=LANGUAGES,
        shortest=passwords.SHORTEST,
        current_user=current_user._get_current_object(),  # looked up now, and not while the page is rendered
    )
    return page, 404 if not name else 400 if form.errors else 200


def _hashed(form: PasswordForm) -> str | None:
    """The hash of the password, made before anybody else waits for it; None when the password will not do."""
    try:
        return passwords.hash_password(form.password.data or "")
    except ValueError:
        least, most = passwords.SHORTEST, passwords.LONGEST
        form.password.errors = [gettext("Lösenordet ska ha %(least)s–%(most)s tecken.", least=least, most=most)]
        return None


def _do(work: Callable[[Session, Actor, Any], Answer]) -> Answer:
    """Let the signed-in administrator do it now; 404 for an account that they do not have."""
    by, now = web.actor(), web.now()
    try:
        return web.write(lambda writing: work(writing, by, now))
    except NobodyError:
        abort(404)


def _done(number: int, said: str) -> Response:
    flash(said)
    return redirect(url_for("people.account", number=number))


def _link_to(made: Account, token: str) -> dict[str, Any]:
    """What a page shows of a link: it is shown only once."""
    here = web.settings().url or request.host_url.rstrip("/")
    address = here + url_for("people.invitation", token=token)
    return {"made": made, "address": address, "ends_at": made.link_ends_at}


def _choices() -> dict[str, Any]:
    """Everything that an account can be, for a page to choose from."""
    found = units(web.reading(), web.actor().municipality)
    names = {unit.slug: unit.name for unit in found}
    return {"organisations": list(Organisation), "roles": list(Role), "units": found, "unit_names": names}


def _errors(form: PlacingForm | PasswordForm) -> list[tuple[str, object]]:
    return [(field.id, text) for field in form for text in field.errors]
