"""The addresses of improvement and the activities they serve; how it is read stands in table.py."""

#                       RPL LPL MEX RCC RSL EKO ADM REV PEE (own, all or a dash)
MODEL: dict[str, str] = {
    "improvement: read":       "all all all all all all -   all -",
    "improvement: propose":    "own all own -   -   -   -   -   -",
    "improvement: write":      "own all -   -   -   -   -   -   -",
    "improvement: comment":    "own all own all -   -   -   -   -",
    "improvement: review":     "-   -   -   all -   -   -   -   -",
    "improvement: verify":     "-   all -   all -   -   -   -   -",
    "improvement: steer":      "-   all -   -   -   -   -   -   -",
    "improvement: adopt":      "-   all -   -   -   -   -   -   -",
    "improvement: export":     "all all all all all -   -   all -",
}  # fmt: skip
ROUTES: dict[str, str] = {
    "GET /improvement": "improvement: read",
    "GET /improvement/plans": "improvement: read",
    "POST /improvement/plans": "improvement: steer",
    "GET /improvement/plans/<int:plan_id>": "improvement: read",
    "GET /improvement/plans/<int:plan_id>/compare": "improvement: read",
    "GET /improvement/plans/<int:plan_id>/gaps": "improvement: read",
    "POST /improvement/plans/<int:plan_id>/gaps": "improvement: propose",
    "POST /improvement/plans/<int:plan_id>/gaps/<int:number>/risk": "improvement: steer",
    "POST /improvement/plans/<int:plan_id>/gaps/<int:number>/risk/take-back": "improvement: steer",
    "GET /improvement/from-gaps": "improvement: propose",
    "POST /improvement/from-gaps": "improvement: propose",
    "POST /improvement/plans/<int:plan_id>/from-gaps": "improvement: propose",
    "POST /improvement/plans/<int:plan_id>/agree/<region>": "improvement: write",
    "POST /improvement/plans/<int:plan_id>/steps/<step>": "improvement: steer",
    "POST /improvement/plans/<int:plan_id>/reviewers": "improvement: steer",
    "GET /improvement/plans/<int:plan_id>/review": "improvement: review",
    "POST /improvement/plans/<int:plan_id>/review": "improvement: review",
    "POST /improvement/actions/<int:action_id>/review": "improvement: review",
    "POST /improvement/actions/<int:action_id>/remarks": "improvement: comment",
    "POST /improvement/plans/<int:plan_id>/remarks": "improvement: comment",
    "POST /improvement/plans/<int:plan_id>/remarks/<int:number>/retract": "improvement: comment",
    "GET /improvement/mine": "improvement: read",
    "POST /improvement/mentions/<int:number>/seen": "improvement: read",
    "GET /improvement/board": "improvement: read",
    "POST /improvement/actions/<int:action_id>/phase": "improvement: propose",
    "POST /improvement/plans/<int:plan_id>/bulk": "improvement: propose",
    "GET /improvement/plans/<int:plan_id>/bulk/<int:number>": "improvement: propose",
    "POST /improvement/plans/<int:plan_id>/bulk/undo": "improvement: propose",
    "POST /improvement/plans/<int:plan_id>/views": "improvement: read",
    "POST /improvement/plans/<int:plan_id>/views/<int:number>/drop": "improvement: read",
    "POST /improvement/plans/<int:plan_id>/actions": "improvement: propose",
    "GET /improvement/actions/new": "improvement: propose",
    "GET /improvement/actions/<int:action_id>": "improvement: read",
    "POST /improvement/actions/<int:action_id>": "improvement: propose",
    "GET /improvement/actions/<int:action_id>/edit": "improvement: propose",
    "GET /improvement/actions/<int:action_id>/report": "improvement: propose",
    "POST /improvement/actions/<int:action_id>/report": "improvement: propose",
    "POST /improvement/actions/<int:action_id>/steps/<step>": "improvement: read",
}
# Arguments of single addresses: {"GET /path/<int:number>": {"number": 1}}.
EXAMPLES: dict[str, dict[str, object]] = {
    name: {"plan_id": 2, "action_id": 1, "step": "start", "number": 1} for name in ROUTES if "<" in name
}
# Things that only their maker sees.
OF_ONES_OWN = {"GET /improvement/plans/<int:plan_id>/bulk/<int:number>"}
