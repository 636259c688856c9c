"""fieldlog: a municipality and its police log the work they promised; everybody sees how far the promise is kept."""

from datetime import timedelta

from flask import Flask

from fieldlog import web
from fieldlog.accounts.views import blueprint as accounts
from fieldlog.answering.views import blueprint as answering
from fieldlog.cards.views import blueprint as cards
from fieldlog.catalogue.views import blueprint as catalogue
from fieldlog.clock import Clock, system_clock
from fieldlog.config import ROOT, Settings, secret_key
from fieldlog.crawling.views import blueprint as crawling
from fieldlog.database import Database
from fieldlog.desk.views import blueprint as desk
from fieldlog.disclosure.views import blueprint as disclosure
from fieldlog.districts.views import blueprint as districts
from fieldlog.evening.views import blueprint as evening
from fieldlog.exports.views import blueprint as exports
from fieldlog.feed.views import blueprint as feed
from fieldlog.intake.views import blueprint as intake
from fieldlog.leaflet.views import blueprint as leaflet
from fieldlog.logbook.views import blueprint as logbook
from fieldlog.mending.views import blueprint as mending
from fieldlog.openapi.views import blueprint as openapi
from fieldlog.opendata.views import blueprint as opendata
from fieldlog.outings.views import blueprint as outings
from fieldlog.people.views import blueprint as people
from fieldlog.phone.views import blueprint as phone
from fieldlog.photos.views import blueprint as photos
from fieldlog.planning.views import blueprint as planning
from fieldlog.pledges.views import blueprint as pledges
from fieldlog.protocol.views import blueprint as protocol
from fieldlog.public.views import blueprint as public
from fieldlog.publication.views import blueprint as publication
from fieldlog.reports.views import blueprint as reports
from fieldlog.reshaping.views import blueprint as reshaping
from fieldlog.responsibles.views import blueprint as responsibles
from fieldlog.review.views import blueprint as review
from fieldlog.rulemaking.views import blueprint as rulemaking
from fieldlog.shell.views import blueprint as shell
from fieldlog.statements.views import blueprint as statements
from fieldlog.supervision.views import blueprint as supervision
from fieldlog.sync.views import blueprint as sync
from fieldlog.trail.views import blueprint as trail
from fieldlog.web.guard import check_declared
from fieldlog.web.views import blueprint as front

LOGGING = (
    front,
    public,
    statements,
    crawling,
    feed,
    cards,
    leaflet,
    opendata,
    catalogue,
    accounts,
    intake,
    evening,
    outings,
    logbook,
    answering,
    sync,
    openapi,
    shell,
    phone,
    photos,
)
DESK = (
    desk,
    supervision,
    pledges,
    review,
    planning,
    rulemaking,
    reshaping,
    districts,
    mending,
    protocol,
    responsibles,
    reports,
    publication,
    exports,
    disclosure,
    people,
    trail,
)


def create_app(settings: Settings | None = None, *, clock: Clock = system_clock) -> Flask:
    """The application. Raises WrongSettingError or NotSetUpError, one line each, when it cannot start."""
    settings = settings or Settings.from_environment()
    app = Flask(__name__, template_folder=str(ROOT / "templates"), static_folder=None)
    app.config.update(
        SECRET_KEY=secret_key(settings),
        SESSION_COOKIE_NAME="__Host-fieldlog" if settings.https else "fieldlog",
        SESSION_COOKIE_SECURE=settings.https,
        SESSION_COOKIE_SAMESITE="Lax",
        SESSION_REFRESH_EACH_REQUEST=False,
        PERMANENT_SESSION_LIFETIME=timedelta(days=settings.session_days),
    )
    web.install(app, web.House(settings, Database(settings.database), clock))
    for blueprint in (*LOGGING, *DESK):
        app.register_blueprint(blueprint)
    check_declared(app)
    return app
