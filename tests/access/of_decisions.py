"""The addresses of decisions and the activities they serve; how it is read stands in table.py."""

MODEL = {
    #                                   RPL   LPL   MEX   RCC   RSL   EKO   ADM   REV   PEE (own, all or a dash)
    "decision: read":                 "all   all   all   all   all   all   -     all   -",
    "decision: record":               "-     all   -     -     -     -     -     -     -",
    "decision: lock":                 "-     all   -     -     all   -     -     -     -",
    "decision: export":               "all   all   -     all   all   -     -     all   -",
    "paragraph: write":               "own   all   own   -     -     -     -     -     -",
}  # fmt: skip
MEETING, DECISION = "/meetings/<int:meeting_id>", "/decisions/<int:decision_id>"
ROUTES = {
    "GET /meetings": "decision: read",
    f"GET {MEETING}": "decision: read",
    "GET /meetings/new": "decision: record",
    "POST /meetings/new": "decision: record",
    f"GET {MEETING}/edit": "decision: record",
    f"POST {MEETING}/edit": "decision: record",
    f"POST {MEETING}/state": "decision: record",
    f"POST {MEETING}/approval": "decision: lock",
    f"POST {MEETING}/attendance": "decision: record",
    f"GET {MEETING}/points/new": "decision: record",
    f"POST {MEETING}/points/new": "decision: record",
    f"GET {MEETING}/points/<int:point_id>": "decision: record",
    f"POST {MEETING}/points/<int:point_id>": "decision: record",
    f"POST {MEETING}/points/<int:point_id>/<any(up, down):way>": "decision: record",
    f"POST {MEETING}/points/<int:point_id>/remove": "decision: record",
    f"GET {MEETING}/points/<int:point_id>/proposal": "decision: record",
    f"POST {MEETING}/points/<int:point_id>/proposal": "decision: record",
    f"GET {MEETING}/minutes": "decision: record",
    f"POST {MEETING}/minutes": "decision: record",
    f"POST {MEETING}/minutes/<int:point_id>": "decision: record",
    f"GET {MEETING}/minutes/history": "decision: read",
    f"GET {MEETING}/paragraphs": "decision: read",
    f"GET {MEETING}/paragraphs/<region>": "paragraph: write",
    f"POST {MEETING}/paragraphs/<region>": "paragraph: write",
    f"GET {MEETING}/find": "decision: record",
    f"POST {MEETING}/find": "decision: record",
    f"POST {MEETING}/found": "decision: record",
    f"GET {MEETING}/minutes.docx": "decision: export",
    f"GET {MEETING}/minutes.pdf": "decision: export",
    "GET /decisions/export.xlsx": "decision: export",
    "GET /decisions": "decision: read",
    f"GET {DECISION}": "decision: read",
    "GET /decisions/new": "decision: record",
    "POST /decisions/new": "decision: record",
    f"GET {DECISION}/edit": "decision: record",
    f"POST {DECISION}/edit": "decision: record",
    f"POST {DECISION}/settle": "decision: record",
    f"POST {DECISION}/state": "decision: record",
    f"POST {DECISION}/review": "decision: record",
    f"POST {DECISION}/lock": "decision: lock",
    f"GET {DECISION}/correction": "decision: record",
    f"POST {DECISION}/correction": "decision: record",
    f"POST {DECISION}/links": "decision: record",
    f"POST {DECISION}/links/<int:number>/remove": "decision: record",
    f"POST {DECISION}/registrations": "decision: record",
    f"POST {DECISION}/sums": "decision: record",
    f"POST {DECISION}/sums/<int:number>/remove": "decision: record",
}
# The RSL meeting of 12 May 2025 (the eighth that the pilot's documents tell) with its points 2 to 4, and the proposal made there.
EXAMPLES: dict[str, dict[str, object]] = {
    name: {"meeting_id": 8, "decision_id": 2, "point_id": 2, "way": "up", "number": 1} for name in ROUTES
}
