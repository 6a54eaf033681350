"""A region's channel in Teams: its webhook, and what is posted there, the same once a day as in the mails."""

import json
from collections.abc import Mapping, Sequence
from typing import Any
from urllib.parse import urlsplit

from sqlalchemy import select

from ccc_pilot import journal
from ccc_pilot.dates import utc_now
from ccc_pilot.db import db
from ccc_pilot.errors import Refused
from ccc_pilot.i18n import gettext as _
from ccc_pilot.i18n import ngettext
from ccc_pilot.people import links
from ccc_pilot.reminders import words
from ccc_pilot.reminders.inbox import Notice
from ccc_pilot.reminders.models import TeamsHook

# Where incoming webhooks of Teams live; nothing is posted anywhere else.
HOSTS = (".webhook.office.com", ".logic.azure.com", ".api.powerplatform.com")


def hooks() -> dict[str, TeamsHook]:
    """Return the webhooks by region."""
    return {hook.region: hook for hook in db.session.scalars(select(TeamsHook))}


def connect(*, region: str, address: str, actor_id: int) -> None:
    """Let what is due in ``region`` be posted to the webhook ``address``; an empty one ends it. Raises ``Refused`` for an address elsewhere."""
    address = address.strip()
    where = urlsplit(address)
    if address and (where.scheme != "https" or not (where.hostname or "").endswith(HOSTS)):
        raise Refused(_("That is no address of an incoming webhook of Teams."), "address")
    hook = db.session.get(TeamsHook, region, with_for_update=True)
    if hook is not None and not address:
        db.session.delete(hook)
    elif address:
        db.session.merge(TeamsHook(region=region, address=address, person_id=actor_id, at=utc_now()))
    journal.write("reminder.teams", f"teams:{region}", actor_id=actor_id, region=region, state="on" if address else "off")


def post(notices: Sequence[Notice], shorts: Mapping[str, str], most: int) -> bytes:
    """Return the message with ``notices`` as Teams takes it, in the language now in use. Format: Adaptive Cards 1.4."""
    title = ngettext("%(num)s thing to do", "%(num)s things to do", len(notices))
    rows = [_row(notice, shorts) for notice in notices[:most]]
    card = {"type": "AdaptiveCard", "$schema": "http://adaptivecards.io/schemas/adaptive-card.json", "version": "1.4", "body": [_text(title, weight="bolder", size="medium"), *rows]}  # fmt: skip
    attachment = {"contentType": "application/vnd.microsoft.card.adaptive", "content": card}
    return json.dumps({"type": "message", "attachments": [attachment]}, ensure_ascii=False).encode()


def _row(notice: Notice, shorts: Mapping[str, str]) -> dict[str, Any]:
    deadline = notice.deadline
    page = links.address(deadline.endpoint, **dict(deadline.args))
    title = str(deadline.title).replace("[", "(").replace("]", ")")
    near = words.near(notice)
    return _text(
        f"**{near.word}** [{title}]({page}) · {words.ref(deadline)} · {words.region_word(deadline.region, shorts)}", wrap=True
    )


def _text(text: str, **looks: Any) -> dict[str, Any]:
    return {"type": "TextBlock", "text": text, **looks}
