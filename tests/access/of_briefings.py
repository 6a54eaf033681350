"""The addresses of briefings and the activities they serve; how it is read stands in table.py."""

MODEL = {
    #                                   RPL   LPL   MEX   RCC   RSL   EKO   ADM   REV   PEE (own, all or a dash)
    "briefing: published":            "all   all   all   all   all   all   -     all   -",
    "briefing: write":                "-     all   -     -     -     -     -     -     -",
}  # fmt: skip
ROUTES = {
    "GET /briefings": "briefing: published",
    "POST /briefings": "briefing: write",
    "GET /briefings/as-of": "briefing: published",
    "GET /briefings/<int:number>": "briefing: published",
    "GET /briefings/<int:number>/<any(pptx, docx, pdf, pdfa, md):kind>": "briefing: published",
    "POST /briefings/<int:number>/files": "briefing: published",
    "GET /briefings/<int:number>/sections/<key>": "briefing: write",
    "POST /briefings/<int:number>/sections/<key>": "briefing: write",
    "POST /briefings/<int:number>/sections": "briefing: write",
    "POST /briefings/<int:number>/arrange": "briefing: write",
    "POST /briefings/<int:number>/publish": "briefing: write",
    "GET /briefings/template": "briefing: write",
    "POST /briefings/template": "briefing: write",
    "POST /briefings/template/remove": "briefing: write",
}
# Arguments of single addresses: {"GET /path/<int:number>": {"number": 1}}.
EXAMPLES: dict[str, dict[str, object]] = {name: {"number": 1, "key": "background", "kind": "md"} for name in ROUTES}
