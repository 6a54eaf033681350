"""The addresses of decisions and the activities they serve; how it is read stands in table.py."""

MODEL = {
    #                                   RPL   LPL   MEX   RCC   RSL   EKO   ADM   REV   PEE (own, all or a dash)
    "decision: read":                 "all   all   all   all   all   all   -     all   -",
}  # fmt: skip
ROUTES = {
    "GET /meetings": "decision: read",
    "GET /meetings/<int:meeting_id>": "decision: read",
    "GET /decisions": "decision: read",
    "GET /decisions/<int:decision_id>": "decision: read",
}
# Arguments of single addresses: {"GET /path/<int:number>": {"number": 1}}.
EXAMPLES: dict[str, dict[str, object]] = {name: {"meeting_id": 8, "decision_id": 2} for name in ROUTES}
