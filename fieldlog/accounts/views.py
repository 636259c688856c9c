"""The door, and a person's own settings."""

import hmac
from contextlib import suppress
from dataclasses import dataclass
from datetime import timedelta
from typing import cast

from flask import Blueprint, Flask, abort, current_app, flash, redirect, render_template, request, session, url_for
from flask.blueprints import BlueprintSetupState
from flask_babel import gettext
from flask_limiter import Limiter
from flask_limiter.util import get_remote_address
from flask_login import LoginManager, current_user, login_user, logout_user
from werkzeug.wrappers import Response

from fieldlog import passwords, web
from fieldlog.accounts import actions, queries
from fieldlog.accounts.forms import LanguageForm, RevokeForm, SignInForm, SummaryForm, ThemeForm
from fieldlog.actors import Actor, Role
from fieldlog.database import BusyError
from fieldlog.web.cookies import keep
from fieldlog.web.views import STAFF_HOME
from fieldlog.web.words import LANGUAGES

SEEN_AGAIN = timedelta(hours=1)
# A station's officers share one address, so it may fail more often than one name at it. So may a name at all addresses
# together, where a device that it was signed in on before is let past: nobody keeps its owner out by trying.
WIDE_FACTOR = 5
KNOWN = "known"

blueprint = Blueprint("accounts", __name__)
limiter = Limiter(get_remote_address, storage_uri="memory://", headers_enabled=True)


@dataclass(frozen=True)
class Person:
    """Whoever is signed in, as flask-login asks for them: kept by the token of their device's session."""

    token: str
    actor: Actor
    name: str
    app: str | None = None
    waiting: int | None = None

    is_authenticated = True
    is_active = True
    is_anonymous = False

    def get_id(self) -> str:
        return self.token


@blueprint.record_once
def _install(state: BlueprintSetupState) -> None:
    manager = LoginManager()
    manager.session_protection = None
    # There is no remember-me cookie. Looking for one would make every answer, styles too, vary by the session's cookie.
    manager._update_remember_cookie = lambda response: response
    manager.init_app(state.app, add_context_processor=False)
    manager.user_loader(_load_person)
    limiter.init_app(cast(Flask, state.app))


def _load_person(token: str) -> Person | None:
    now = web.now()
    # Not the request's session: every request asks this, and many ask nothing else before they write.
    with web.database().reader.connect() as reading:
        found = queries.signed_in(reading, token, now, days=web.settings().session_days)
    if found is None:
        return None
    device = found.actor.device
    if device is not None and now - found.last_seen_at > SEEN_AGAIN:
        session.modified = True
        with suppress(BusyError):
            web.write(lambda writing: actions.see_device(writing, device, now))
    return Person(token, found.actor, found.name, found.app, found.waiting)


def _typed_name() -> str:
    return queries.plain_name(request.form.get("name", ""))[:64] or "-"


def _name_and_address() -> str:
    return f"{_typed_name()} {get_remote_address()}"


def _limit() -> str:
    return web.settings().sign_in_limit


def wide_limit() -> str:
    """How often those who share something may fail: an address, or a name."""
    amount, rest = web.settings().sign_in_limit.split(" ", 1)
    return f"{int(amount) * WIDE_FACTOR} {rest}"


def _failed(response: Response) -> bool:
    return response.status_code == 400


def _known_by(name: str) -> str:
    """What a device keeps that a name was signed in on; it says neither the name nor anything that lets one in."""
    key = str(current_app.secret_key).encode()
    return hmac.new(key, f"{KNOWN} {name}".encode(), "sha256").hexdigest()


def _is_known() -> bool:
    return hmac.compare_digest(request.cookies.get(KNOWN, "").encode(), _known_by(_typed_name()).encode())


@blueprint.route("/sign-in", methods=["GET", "POST"])
@web.allow(web.everyone)
@limiter.limit(_limit, key_func=_name_and_address, methods=["POST"])
@limiter.limit(wide_limit, key_func=_typed_name, methods=["POST"], deduct_when=_failed, exempt_when=_is_known)
@limiter.limit(wide_limit, key_func=get_remote_address, methods=["POST"], deduct_when=_failed)
def sign_in() -> Response | str | tuple[str, int]:
    form = SignInForm()
    if request.method == "GET":
        if current_user.is_authenticated:
            return redirect(web.own_path(request.args.get("next")) or _landing(current_user.actor.role))
        form.next.data = web.own_path(request.args.get("next"))
        return _sign_in_page(form)
    if not form.validate():
        return _sign_in_page(form), 400
    person = _open(form.name.data or "", form.password.data or "")
    if person is None:
        form.password.errors = [gettext("Namnet eller lösenordet stämmer inte.")]
        return _sign_in_page(form), 400
    login_user(person)
    # An administrator's cookie goes with the browser; the others log where there is no coverage, and keep theirs.
    session.permanent = person.actor.role is not Role.ADMINISTRATOR
    response = redirect(web.own_path(form.next.data) or _landing(person.actor.role))
    keep(response, KNOWN, _known_by(person.name), from_scripts=True)
    # The page that comes next may be one that the phone keeps, which knows only who was here before.
    return keep(response, "account", str(person.actor.account))


def _open(name: str, password: str) -> Person | None:
    """Sign in: one comparison of passwords and one write, whether the name exists or not."""
    found = queries.account(web.reading(), name)
    kept = found.password_hash if found is not None and found.disabled_at is None else None
    right = passwords.matches(kept, password)
    now, label = web.now(), queries.device_label(request.user_agent.string)
    token = None
    if right and found is not None:
        token = web.write(lambda writing: actions.open_device(writing, found.id, now, label))
    if token is None or found is None:
        known = found.id if found is not None else 0
        place = web.settings().municipality
        web.write(lambda writing: actions.note_refused_sign_in(writing, place, known, now))
        return None
    return Person(token, found.actor(), found.name)


def _sign_in_page(form: SignInForm) -> str:
    errors = [(field.id, text) for field in (form.name, form.password) for text in field.errors]
    back = url_for("accounts.sign_in", next=form.next.data or None)
    return render_template("accounts/sign_in.html", form=form, errors=errors, languages=LANGUAGES, back=back)


def _landing(role: Role) -> str:
    """Where each role begins: who reports logs, who supervises looks at the day, who administrates logs nothing."""
    begins = {Role.SUPERVISOR: "supervision.today", Role.ADMINISTRATOR: "desk.manage"}
    return url_for(begins[role]) if role in begins else STAFF_HOME


@blueprint.post("/sign-out")
@web.allow(*Role)
def sign_out() -> Response:
    by, now = web.actor(), web.now()
    web.write(lambda writing: actions.revoke_device(writing, by, now, by.device or 0))
    logout_user()
    session.clear()
    response = redirect(url_for("accounts.sign_in"))
    response.delete_cookie("account")
    return response


@blueprint.get("/settings")
@web.allow(*Role)
def settings() -> str:
    form = SummaryForm()
    form.process(obj=queries.account_numbered(web.reading(), web.actor().municipality, web.actor().account))
    return _settings_page(form)


@blueprint.post("/settings/summary")
@web.allow(Role.SUPERVISOR)
def summary() -> Response | tuple[str, int]:
    form, by, now = SummaryForm(), web.actor(), web.now()
    if not form.validate():
        return _settings_page(form), 400
    email, chosen = form.email.data or None, form.summary_language.data or None
    web.write(lambda writing: actions.choose_summary(writing, by, now, email, chosen))
    flash(gettext("Sparat."))
    return redirect(url_for("accounts.settings"))


def _settings_page(summary_form: SummaryForm) -> str:
    by = web.actor()
    names = {unit.slug: unit.name for unit in queries.units(web.reading(), by.municipality)}
    return render_template(
        "accounts/settings.html",
        name=current_user.name,
        organisation=by.organisation.label,
        role=by.role.label,
        unit=names.get(by.unit),
        devices=queries.devices(web.reading(), by.account, by.device),
        form=RevokeForm(),
        summary_form=summary_form,
        errors=[(field.id, text) for field in summary_form for text in field.errors],
        can_mail=web.settings().mail is not None,
        languages=LANGUAGES,
        youth_report_url=web.settings().youth_report_url,
    )


@blueprint.post("/settings/devices/<int(max=2147483647):device>/revoke")
@web.allow(*Role)
def revoke(device: int) -> Response:
    by, now = web.actor(), web.now()
    if not web.write(lambda writing: actions.revoke_device(writing, by, now, device)):
        abort(404)
    flash(gettext("Telefonen eller datorn är utloggad."))
    return redirect(url_for("accounts.settings"))


@blueprint.post("/settings/theme")
@web.allow(web.everyone)
def theme() -> Response:
    form = ThemeForm()
    if not form.validate():
        abort(400)
    return _remember("theme", form.theme.data or "", form.next.data)


@blueprint.post("/settings/language")
@web.allow(web.everyone)
def language() -> Response:
    form = LanguageForm()
    if not form.validate():
        abort(400)
    return _remember("language", form.language.data or "", form.next.data)


def _remember(name: str, choice: str, back: str | None) -> Response:
    return keep(redirect(web.own_path(back) or url_for("public.home")), name, choice)
