"""The roof: here the rooms are joined to one application. Nobody imports it but the package's face and the tests."""

from datetime import timedelta
from importlib import import_module

from flask import Flask
from flask_compress import Compress
from flask_wtf.csrf import CSRFProtect
from werkzeug.middleware.proxy_fix import ProxyFix

from ccc_pilot import config, db, i18n, shelves
from ccc_pilot.improvement import standing
from ccc_pilot.overview import bearing, behind, frame, kin, kin_of_actions
from ccc_pilot.people import doors
from ccc_pilot.web import addresses, faults, filters, headers, limits, shell, typed

BLUEPRINTS = (
    "ccc_pilot.web.views",
    "ccc_pilot.web.draft_views",
    "ccc_pilot.web.work_views",
    "ccc_pilot.people.views",
    "ccc_pilot.evidence.routes",
    "ccc_pilot.frameworks.routes",
    "ccc_pilot.progress.routes",
    "ccc_pilot.reminders.routes",
    "ccc_pilot.decisions.routes",
    "ccc_pilot.assessment.routes",
    "ccc_pilot.improvement.routes",
    "ccc_pilot.briefings.routes",
    "ccc_pilot.overview.views",
)
MODELS = (
    "ccc_pilot.drafts",
    "ccc_pilot.heartbeat",
    "ccc_pilot.journal",
    "ccc_pilot.sendings",
    "ccc_pilot.works",
    "ccc_pilot.catalogue.stored",
    "ccc_pilot.frameworks.models",
    "ccc_pilot.people.models",
    "ccc_pilot.evidence.models",
    "ccc_pilot.progress.models",
    "ccc_pilot.reminders.chain_models",
    "ccc_pilot.reminders.models",
    "ccc_pilot.decisions.models",
    "ccc_pilot.decisions.guest_models",
    "ccc_pilot.briefings.models",
    "ccc_pilot.assessment.document_models",
    "ccc_pilot.assessment.models",
    "ccc_pilot.assessment.result_models",
    "ccc_pilot.assessment.review_models",
    "ccc_pilot.assessment.talk_models",
    "ccc_pilot.improvement.models",
    "ccc_pilot.improvement.review_models",
    "ccc_pilot.improvement.sheet_models",
)
COMPRESSED = ["text/html", "text/css", "text/javascript", "application/json", "image/svg+xml", "text/csv"]


def build(settings: config.Settings | None = None) -> Flask:
    """Build the application; see ``ccc_pilot.create_app``."""
    settings = settings or config.from_environment()
    app = Flask("ccc_pilot", template_folder=str(shelves.shelf("templates")), static_folder="static")
    app.url_rule_class = addresses.LateRule
    app.config.update(_flask_settings(settings))
    if settings.trusted_proxies:
        n = settings.trusted_proxies
        app.wsgi_app = ProxyFix(app.wsgi_app, x_for=n, x_proto=n, x_host=n)  # type: ignore[method-assign]
    for model in MODELS:
        import_module(model)
    db.init_app(app, settings.sqlalchemy_url)
    i18n.init_app(app, settings.timezone, settings.locale)
    headers.init_app(app, https=settings.is_https)
    Compress(app)
    limits.init_app(app)
    for room in (filters, faults, shell, typed, frame):
        room.init_app(app)
    doors.init_app(app, settings)
    csrf = CSRFProtect(app)
    for name in BLUEPRINTS:
        app.register_blueprint(import_module(name).blueprint)
    csrf.exempt("ccc_pilot.reminders.mail_views.unsubscribe")  # sent by mail programs; its address is the proof (RFC 8058)
    app.extensions["ccc_behind"] = behind.behind
    app.extensions["ccc_actions_below"] = standing.actions_below
    app.extensions["ccc_decisions_neighbours"] = kin.NEIGHBOURS
    app.extensions["ccc_improvement_neighbours"] = kin_of_actions.NEIGHBOURS
    app.extensions["ccc_evidence_neighbours"] = bearing.NEIGHBOURS
    if settings.demo:
        app.extensions["ccc_demo_logins"] = import_module("ccc_pilot.demo").logins
    return app


def _flask_settings(settings: config.Settings) -> dict[str, object]:
    host = settings.base_url.split("://", 1)[1].split("/", 1)[0]
    return {
        "SECRET_KEY": config.secret_key(settings),
        "SECRET_KEY_FALLBACKS": list(settings.secret_key_fallbacks),
        "SESSION_COOKIE_NAME": "__Host-session" if settings.is_https else "session",
        "SESSION_COOKIE_SECURE": settings.is_https,
        "SESSION_COOKIE_HTTPONLY": True,
        "SESSION_COOKIE_SAMESITE": "Lax",
        "PERMANENT_SESSION_LIFETIME": timedelta(hours=settings.session_hours),
        "TRUSTED_HOSTS": [
            host,
            host.rsplit(":", 1)[0],
            *settings.trusted_hosts,
            *(config.LOCAL_HOSTS if settings.is_local else ()),
        ],
        "MAX_CONTENT_LENGTH": (settings.max_upload_mb + 1) * 1024 * 1024,  # a file and the form around it
        "MAX_FORM_MEMORY_SIZE": 8 * 1024 * 1024,  # a megabyte of å takes six on its way, and is answered at its field
        "MAX_FORM_PARTS": 5_000,
        "WTF_CSRF_TIME_LIMIT": settings.session_hours * 3600,
        "COMPRESS_MIMETYPES": COMPRESSED,
        "COMPRESS_MIN_SIZE": 1_000,
        "COMPRESS_ALGORITHM": ["br", "gzip"],
        "COMPRESS_BR_LEVEL": 3,
        "TEMPLATES_AUTO_RELOAD": False,
    }
