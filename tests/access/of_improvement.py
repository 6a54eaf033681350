"""The addresses of improvement and the activities they serve; how it is read stands in table.py."""

#                       RPL LPL MEX RCC RSL EKO ADM REV PEE (own, all or a dash)
MODEL: dict[str, str] = {}
ROUTES: dict[str, str] = {}
# Arguments of single addresses: {"GET /path/<int:number>": {"number": 1}}.
EXAMPLES: dict[str, dict[str, object]] = {}
