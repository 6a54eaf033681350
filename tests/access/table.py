"""Who may do what, written down a second time: from the permission model, not from the code that is tested against it.

Roles against activities, as the project's permission model has them; then each address with the activity it serves. Whoever adds a page adds
its line here, having asked the model.
"""

from tests.access import of_assessment, of_briefings, of_decisions, of_evidence, of_frameworks, of_improvement, of_reminders

RPL, LPL, MEX, RCC, RSL, EKO, ADM, REV, PEE = (
    "regional_lead", "head_lead", "medical_expert", "rcc_reviewer", "rsl_reader", "economist", "administrator", "external_reader",
    "peer_reviewer",
)  # fmt: skip
ROLES = (RPL, LPL, MEX, RCC, RSL, EKO, ADM, REV, PEE)
# The rooms that tell their part in a file of their own: MODEL, ROUTES, and EXAMPLES for single addresses.
ROOMS = (of_frameworks, of_evidence, of_assessment, of_improvement, of_decisions, of_briefings, of_reminders)
VISITOR = "visitor"
PUBLIC = "public"
JOINT = "sosr"

# own: things of one's own region; joint: what the network does as one; all: of every region and joint ones; a dash: nothing.
MODEL = {
    #                                   RPL   LPL   MEX   RCC   RSL   EKO   ADM   REV   PEE
    "own profile":                    "all   all   all   all   all   all   all   all   all",
    "overview":                       "all   all   all   all   all   all   all   all   all",
    "milestone: read":                "all   all   all   all   all   all   -     all   all",
    "milestone: plan dates":          "-     all   -     -     -     -     -     -     -",
    "milestone: progress":            "own   all   -     -     -     -     -     -     -",
    "milestone: comment":             "own   all   own   all   -     -     -     -     -",
    "milestone: export":              "all   all   all   all   all   -     -     all   -",
    "who leads":                      "all   all   all   all   all   all   -     all   all",
    "people: read":                   "-     all   -     -     -     -     all   all   -",
    "people: manage":                 "-     -     -     -     -     -     all   -     -",
    "people: approve":                "-     all   -     -     -     -     all   -     -",
    "permissions: read":              "all   all   all   all   all   all   all   all   all",
    "journal: read":                  "own   all   -     -     -     -     all   all   -",
}  # fmt: skip

ROUTES = {
    "GET /": "overview",
    "GET /regions/<region>": "milestone: read",
    "GET /search": "overview",
    "GET /journal": "journal: read",
    "POST /journal/verify": "journal: read",
    "GET /about": PUBLIC,
    "GET /accessibility": PUBLIC,
    "GET /favicon.ico": PUBLIC,
    "GET /healthz": PUBLIC,
    "GET /help": PUBLIC,
    "GET /privacy": PUBLIC,
    "GET /static/<path:filename>": PUBLIC,
    "POST /language": PUBLIC,
    "GET /login": PUBLIC,
    "POST /login": PUBLIC,
    "GET /login/factor": PUBLIC,
    "POST /login/factor": PUBLIC,
    "GET /login/reset": PUBLIC,
    "POST /login/reset": PUBLIC,
    "POST /logout": PUBLIC,
    "GET /<any(invitation, reset):purpose>/<token>": PUBLIC,
    "POST /<any(invitation, reset):purpose>/<token>": PUBLIC,
    "GET /account": "own profile",
    "POST /account": "own profile",
    "GET /account/factor": "own profile",
    "POST /account/factor": "own profile",
    "POST /account/factor/remove": "own profile",
    "GET /account/password": "own profile",
    "POST /account/password": "own profile",
    "POST /account/sessions/<int:session_id>/end": "own profile",
    "POST /account/sessions/end-others": "own profile",
    "POST /drafts": "own profile",
    "POST /drafts/discard": "own profile",
    "GET /works/<int:number>": "own profile",
    "GET /works/<int:number>/file": "own profile",
    "GET /leads": "who leads",
    "GET /permissions": "permissions: read",
    "GET /people": "people: read",
    "GET /people/<int:person_id>": "people: read",
    "GET /people/invite": "people: manage",
    "POST /people/invite": "people: manage",
    "POST /people/<int:person_id>/disable": "people: manage",
    "POST /people/<int:person_id>/enable": "people: manage",
    "POST /people/<int:person_id>/invitation": "people: manage",
    "POST /people/<int:person_id>/factor-reset": "people: manage",
    "POST /people/<int:person_id>/factor-reset/approve": "people: approve",
    "POST /people/approvals/<int:holding_id>": "people: approve",
    "GET /people/posts": "people: read",
    "GET /people/posts/<key>": "people: read",
    "POST /people/posts/<key>/hold": "people: manage",
    "POST /people/posts/<key>/leave": "people: manage",
    "GET /milestones": "milestone: read",
    "GET /milestones/plans": "milestone: read",
    "GET /milestones/plans/<plan>": "milestone: read",
    "POST /milestones/plans/<plan>/follow": "milestone: plan dates",
    "POST /milestones/start": "milestone: plan dates",
    "GET /milestones/timeline": "milestone: read",
    "GET /milestones/calendar": "milestone: read",
    "GET /milestones/<plan>/<slug>": "milestone: read",
    "GET /milestones/export.csv": "milestone: export",
    "GET /milestones/export.xlsx": "milestone: export",
    "POST /milestones/bulk": "milestone: progress",
    "GET /milestones/bulk/<int:number>": "milestone: progress",
    "POST /milestones/bulk/undo": "milestone: progress",
    "POST /milestones/<plan>/<slug>/comments": "milestone: comment",
    "POST /milestones/<plan>/<slug>/comments/<int:number>/retract": "milestone: comment",
    "POST /milestones/<plan>/<slug>/links": "milestone: comment",
    "POST /milestones/<plan>/<slug>/links/<int:number>/remove": "milestone: comment",
    "POST /milestones/<plan>/<slug>/dependencies": "milestone: plan dates",
    "POST /milestones/<plan>/<slug>/dependencies/remove": "milestone: plan dates",
    "POST /milestones/<plan>/<slug>/verdict": "milestone: plan dates",
    "GET /milestones/<plan>/<slug>/<region>/edit": "milestone: progress",
    "POST /milestones/<plan>/<slug>/<region>": "milestone: progress",
    "POST /milestones/<plan>/<slug>/<region>/date": "milestone: plan dates",
}

# Things that only their maker sees: the example is nobody's, and so is not there for those whom the door lets in.
OF_ONES_OWN = {
    "GET /milestones/bulk/<int:number>",
    "GET /works/<int:number>",
    "GET /works/<int:number>/file",
    "GET /week/<key>/later",
    "GET /reminders/chains/<int:number>",
}

# Forms that mail programs send by themselves; the sealed address is the proof (RFC 8058).
WITHOUT_TOKEN = {"POST /mail/unsubscribe/<token>"}

# What stands for each argument of an address. Things of a region: P0-05 is told region by region, P0-01 jointly.
EXAMPLES = {
    "filename": "app.css", "purpose": "reset", "token": "no-such-token", "session_id": 1, "person_id": 1, "holding_id": 1, "number": 1, "key": "pl_ro",
    "plan": "sosr-wp4-2025", "slug": "P0-05", "region": "ro",
}  # fmt: skip
IN_A_REGION = {
    "ro": {"region": "ro", "slug": "P0-05"},
    "rjl": {"region": "rjl", "slug": "P0-05"},
    "rkl": {"region": "rkl", "slug": "P0-05"},
    JOINT: {"region": JOINT, "slug": "P0-01"},
}

EXAMPLES_AT: dict[str, dict[str, object]] = {}
PER_REGION: set[str] = set()  # what is never joint
for room in ROOMS:
    MODEL |= room.MODEL
    ROUTES |= room.ROUTES
    EXAMPLES_AT |= room.EXAMPLES
    OF_ONES_OWN |= getattr(room, "OF_ONES_OWN", set())
    PER_REGION |= getattr(room, "PER_REGION", set())


def allowed(activity: str, role: str, home: str, region: str | None) -> bool:
    """Whether the model lets ``role``, held in ``home`` (a region's key or JOINT), do ``activity`` to a thing of ``region``."""
    if activity == PUBLIC:
        return True
    if role == VISITOR:
        return False
    reach = dict(zip(ROLES, MODEL[activity].split(), strict=True))[role]
    near = {"own": home, "joint": JOINT}
    return reach == "all" or any(region in {None, near[part]} for part in reach.split("+") if part in near)
