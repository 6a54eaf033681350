"""The addresses of reminders and the activities they serve; how it is read stands in table.py."""

#                       RPL LPL MEX RCC RSL EKO ADM REV PEE (own, all or a dash)
MODEL: dict[str, str] = {
    "own reminders": "all all all all all all all all all",
}
ROUTES: dict[str, str] = {
    "GET /reminders": "own reminders",
    "POST /reminders/<int:number>/seen": "own reminders",
    "POST /reminders/seen": "own reminders",
    "GET /reminders/choices": "own reminders",
    "POST /reminders/choices": "own reminders",
    "POST /reminders/absence": "own reminders",
    "POST /reminders/absence/<int:number>/end": "own reminders",
    "GET /mail/answer/<token>": "public",
    "POST /mail/answer/<token>": "public",
    "POST /mail/undo/<token>": "public",
    "GET /mail/unsubscribe/<token>": "public",
    "POST /mail/unsubscribe/<token>": "public",
}
# Arguments of single addresses: {"GET /path/<int:number>": {"number": 1}}.
EXAMPLES: dict[str, dict[str, object]] = {}
