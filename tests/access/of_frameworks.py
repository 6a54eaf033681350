"""The addresses of frameworks and the activities they serve; how it is read stands in table.py."""

#                       RPL LPL MEX RCC RSL EKO ADM REV PEE (own, all or a dash)
MODEL: dict[str, str] = {
    "standards: read": "all all all all all - - all all",
    "standards: import": "- all - - - - - - -",
}
ROUTES: dict[str, str] = {
    "GET /standards": "standards: read",
    "GET /standards/<edition>": "standards: read",
    "GET /standards/<edition>/export.csv": "standards: read",
    "GET /standards/<edition>/export.xlsx": "standards: read",
    "GET /standards/at/<key>": "standards: read",
    "GET /standards/import": "standards: import",
    "POST /standards/import": "standards: import",
    "GET /standards/import/<int:number>": "standards: import",
    "POST /standards/import/<int:number>": "standards: import",
    "POST /standards/import/<int:number>/store": "standards: import",
    "POST /standards/import/<int:number>/discard": "standards: import",
}
# Arguments of single addresses: {"GET /path/<int:number>": {"number": 1}}.
EXAMPLES: dict[str, dict[str, object]] = {
    "GET /standards/<edition>": {"edition": "rcc-2012"},
    "GET /standards/<edition>/export.csv": {"edition": "rcc-2012"},
    "GET /standards/<edition>/export.xlsx": {"edition": "rcc-2012"},
    "GET /standards/at/<key>": {"key": "rcc-2012:4.1"},
}
