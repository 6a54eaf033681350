"""The addresses of assessment and the activities they serve; how it is read stands in table.py."""

#                       RPL LPL MEX RCC RSL EKO ADM REV PEE (own, all or a dash)
MODEL: dict[str, str] = {
    "assessment: read": "    all all all all all -   -   all -",
    "assessment: answer": "  own+joint - own+joint -   - - - - -",
    "assessment: verify": "  own+joint - own+joint all - - - - -",
    "assessment: approve": " own joint -  -   -   -   -   -   -",
    "assessment: export": "  all all all all all -   -   all -",
    "assessment: steer": "   -   all -   -   -   -   -   -   -",
    "assessment: assign": "  own all -   -   -   -   -   -   -",
    "assessment: comment": " all all all all -   -   -   -   -",
    "assessment: peer": "    -   -   -   -   -   -   -   -   all",
}  # fmt: skip
REVIEW = "/assessment/reviews/<int:review>"
POINT = "/assessment/<int:number>/<region>/points/<slug>"
SHEET = "/assessment/<int:number>/<region>/sheets/<int:sheet>"
OF_ONES_OWN = {f"GET {SHEET}"}
ROUTES: dict[str, str] = {
    "GET /assessment": "assessment: read",
    "GET /assessment/new": "assessment: steer",
    "POST /assessment/new": "assessment: steer",
    "GET /assessment/<int:number>": "assessment: read",
    "GET /assessment/<int:number>/<region>": "assessment: read",
    "POST /assessment/<int:number>/network/<slug>": "assessment: steer",
    "POST /assessment/<int:number>/move": "assessment: steer",
    "POST /assessment/<int:number>/waivers": "assessment: steer",
    "POST /assessment/<int:number>/signatures": "assessment: steer",
    "GET /assessment/mine": "assessment: answer",
    "GET /assessment/<int:number>/workload": "assessment: read",
    "GET /assessment/<int:number>/<region>/assignments": "assessment: assign",
    "POST /assessment/<int:number>/<region>/assignments": "assessment: assign",
    "POST /assessment/<int:number>/<region>/assignments/<int:assignment>/remove": "assessment: assign",
    f"POST {POINT}/threads": "assessment: comment",
    f"POST {POINT}/threads/<int:thread>": "assessment: comment",
    f"POST {POINT}/threads/<int:thread>/resolve": "assessment: comment",
    "GET /assessment/<int:number>/comparison": "assessment: read",
    "POST /assessment/<int:number>/reviews": "assessment: steer",
    "POST /assessment/<int:number>/findings": "assessment: steer",
    "POST /assessment/<int:number>/findings/<int:finding>/retract": "assessment: steer",
    "GET /assessment/reviews": "assessment: peer",
    f"GET {REVIEW}": "assessment: peer",
    f"POST {REVIEW}/declare": "assessment: peer",
    f"POST {REVIEW}/finish": "assessment: peer",
    f"GET {REVIEW}/points/<slug>": "assessment: peer",
    f"POST {REVIEW}/points/<slug>": "assessment: peer",
    f"POST {REVIEW}/findings": "assessment: peer",
    "GET /assessment/<int:number>/carry": "assessment: steer",
    "POST /assessment/<int:number>/carry": "assessment: steer",
    "GET /assessment/<int:number>/<region>/triage": "assessment: answer",
    "POST /assessment/<int:number>/<region>/triage/<int:carried>": "assessment: answer",
    f"GET {POINT}": "assessment: read",
    f"POST {POINT}": "assessment: answer",
    f"GET {POINT}/edit": "assessment: answer",
    f"POST {POINT}/quick": "assessment: answer",
    f"POST {POINT}/verify": "assessment: verify",
    f"POST {POINT}/approve": "assessment: approve",
    f"POST {POINT}/return": "assessment: verify",
    "GET /assessment/<int:number>/documents": "assessment: read",
    "POST /assessment/<int:number>/documents": "assessment: steer",
    "GET /assessment/<int:number>/documents/<document>": "assessment: read",
    "POST /assessment/<int:number>/documents/<document>": "assessment: steer",
    "GET /assessment/<int:number>/results": "assessment: read",
    "GET /assessment/<int:number>/results/<which>": "assessment: read",
    "GET /assessment/<int:number>/gaps": "assessment: read",
    "GET /assessment/<int:number>/chapters/<slug>": "assessment: read",
    "GET /assessment/<int:number>/clock": "assessment: read",
    "GET /assessment/<int:number>/<region>/answers.xlsx": "assessment: export",
    "GET /assessment/<int:number>/<region>/answers.csv": "assessment: export",
    "GET /assessment/<int:number>/<region>/sheets": "assessment: answer",
    "POST /assessment/<int:number>/<region>/sheets": "assessment: answer",
    f"GET {SHEET}": "assessment: answer",
    "POST /assessment/<int:number>/dossier": "assessment: export",
    "GET /assessment/<int:number>/designation": "assessment: read",
    "GET /assessment/<int:number>/pace": "assessment: read",
    "GET /assessment/<int:number>/<region>/figures/<item>": "assessment: answer",
    "POST /assessment/<int:number>/<region>/figures/<item>": "assessment: answer",
    f"POST {SHEET}/take": "assessment: answer",
    f"POST {SHEET}/undo": "assessment: answer",
}
# Arguments of single addresses: {"GET /path/<int:number>": {"number": 1}}.
EXAMPLES: dict[str, dict[str, object]] = {
    name: {"slug": "GOV-01.1", "thread": 1, "assignment": 1, "review": 1, "finding": 1, "carried": 1, "sheet": 1}
    for name in ROUTES
    if "<" in name
}
EXAMPLES |= {name: {"document": "06", **EXAMPLES[name]} for name in ROUTES if "<document>" in name}
EXAMPLES |= {name: {"item": "beds", **EXAMPLES[name]} for name in ROUTES if "<item>" in name}
EXAMPLES["GET /assessment/<int:number>/results/<which>"]["which"] = "unmet"
EXAMPLES["GET /assessment/<int:number>/chapters/<slug>"]["slug"] = "GOV"
# A review is seen by its own peer alone, and the demo's round is not frozen yet.
OF_ONES_OWN |= {f"GET {REVIEW}", f"GET {REVIEW}/points/<slug>"}
# The demo's round is answered by the regions: there are no points of the network's own to assign, answer, verify or approve in it.
PER_REGION = {"GET /assessment/<int:number>/<region>/assignments"} | {
    name for name, activity in ROUTES.items() if "<region>" in name and activity.split()[1] in {"answer", "verify", "approve"}
}
