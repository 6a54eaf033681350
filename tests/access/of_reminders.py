"""The addresses of reminders and the activities they serve; how it is read stands in table.py."""

#                       RPL LPL MEX RCC RSL EKO ADM REV PEE (own, all or a dash)
MODEL: dict[str, str] = {
    "own reminders": "all all all all all all all all all",
    "reminders: rules": "- all - - - - - - -",
    "reminders: undelivered": "all all - - - - all - -",
}
ROUTES: dict[str, str] = {
    "GET /reminders": "own reminders",
    "POST /reminders/<int:number>/seen": "own reminders",
    "POST /reminders/seen": "own reminders",
    "GET /reminders/choices": "own reminders",
    "POST /reminders/choices": "own reminders",
    "POST /reminders/absence": "own reminders",
    "POST /reminders/absence/<int:number>/end": "own reminders",
    "GET /week": "own reminders",
    "POST /week/<key>": "own reminders",
    "GET /week/<key>/later": "own reminders",
    "POST /week/<key>/later": "own reminders",
    "GET /week/<key>/hand-over": "own reminders",
    "POST /week/<key>/hand-over": "own reminders",
    "GET /reminders/calendars": "own reminders",
    "POST /reminders/calendars": "own reminders",
    "POST /reminders/calendars/<int:number>/revoke": "own reminders",
    "GET /calendar/feed/<token>.ics": "public",
    "GET /calendar": "milestone: read",
    "GET /meetings/<int:meeting_id>/invitation.ics": "decision: read",
    "GET /reminders/teams": "reminders: rules",
    "POST /reminders/teams": "reminders: rules",
    "GET /reminders/ladders": "reminders: rules",
    "GET /reminders/ladders/<kind>": "reminders: rules",
    "POST /reminders/ladders/<kind>": "reminders: rules",
    "GET /reminders/undelivered": "reminders: undelivered",
    "POST /reminders/undelivered/<int:number>/resend": "reminders: undelivered",
    "GET /reminders/chains": "milestone: read",
    "GET /reminders/chains/new": "milestone: plan dates",
    "POST /reminders/chains/new": "milestone: plan dates",
    "GET /reminders/chains/<int:number>": "milestone: read",
    "POST /reminders/chains/<int:number>/move": "milestone: plan dates",
    "POST /reminders/chains/<int:number>/steps/<int:step>/<any(done, open):state>": "milestone: read",
    "GET /mail/answer/<token>": "public",
    "POST /mail/answer/<token>": "public",
    "POST /mail/undo/<token>": "public",
    "GET /mail/unsubscribe/<token>": "public",
    "POST /mail/unsubscribe/<token>": "public",
}
# Arguments of single addresses: {"GET /path/<int:number>": {"number": 1}}.
EXAMPLES: dict[str, dict[str, object]] = {
    **{
        f"{method} /week/<key>{rest}": {"key": "milestone:0"}
        for method in ("GET", "POST")
        for rest in ("", "/later", "/hand-over")
    },
    **{f"{method} /reminders/ladders/<kind>": {"kind": "milestone"} for method in ("GET", "POST")},
    "GET /meetings/<int:meeting_id>/invitation.ics": {"meeting_id": 8},
    "POST /reminders/chains/<int:number>/steps/<int:step>/<any(done, open):state>": {"step": 1, "state": "done"},
}
# What is handed over is one's own: the example is nobody's, and so is not there for those whom the door lets in.
OF_ONES_OWN = {"GET /week/<key>/hand-over"}
