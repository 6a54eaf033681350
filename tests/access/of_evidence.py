"""The addresses of evidence and the activities they serve; how it is read stands in table.py."""

#                       RPL LPL MEX RCC RSL EKO ADM REV PEE (own, all or a dash)
MODEL: dict[str, str] = {
    "evidence: read":   "all all all all -   -   -   all all",
    "evidence: write":  "own all own -   -   -   -   -   -",
    "evidence: accept": "own all own all -   -   -   -   -",
}  # fmt: skip
ROUTES: dict[str, str] = {
    "GET /evidence": "evidence: read",
    "GET /evidence/choose": "evidence: write",
    "GET /evidence/new": "evidence: write",
    "POST /evidence/addresses": "evidence: write",
    "POST /evidence/files": "evidence: write",
    "GET /evidence/<int:item_id>/renew": "evidence: write",
    "POST /evidence/<int:item_id>/renew": "evidence: write",
    "GET /evidence/<int:item_id>": "evidence: read",
    "GET /evidence/<int:item_id>/versions/<int:number>": "evidence: read",
    "GET /evidence/<int:item_id>/edit": "evidence: write",
    "POST /evidence/<int:item_id>/edit": "evidence: write",
    "POST /evidence/<int:item_id>/withdraw": "evidence: write",
    "POST /evidence/<int:item_id>/restore": "evidence: write",
    "GET /evidence/<int:item_id>/quality": "evidence: accept",
    "POST /evidence/<int:item_id>/quality": "evidence: accept",
    "POST /evidence/links": "evidence: write",
    "POST /evidence/links/decline": "evidence: write",
    "POST /evidence/links/<int:link_id>/confirm": "evidence: write",
    "GET /evidence/links/<int:link_id>/judge": "evidence: accept",
    "POST /evidence/links/<int:link_id>/judge": "evidence: accept",
    "POST /evidence/links/<int:link_id>/remove": "evidence: write",
}
# Arguments of single addresses: {"GET /path/<int:number>": {"number": 1}}.
EXAMPLES: dict[str, dict[str, object]] = {
    name: {word: 1 for word in ("item_id", "link_id", "number") if f":{word}>" in name} for name in ROUTES if "<" in name
}
# While the regions answer on their own, what one of them links is not there for the others.
OF_ONES_OWN = {"GET /evidence/links/<int:link_id>/judge"}
