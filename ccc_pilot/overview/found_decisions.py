"""Meetings and decisions among what is searched for."""

from flask import url_for
from sqlalchemy import select

from ccc_pilot.decisions import showing, words
from ccc_pilot.decisions.models import AgendaPoint, Decision, Meeting
from ccc_pilot.i18n import gettext as _
from ccc_pilot.overview.asked import Asked, Group, Hit, first
from ccc_pilot.overview.excerpts import excerpt


def decisions(asked: Asked) -> Group:
    """Return the decisions and proposals whose number, matter or words fit, latest first; each says how it stands."""
    texts = (
        Decision.number, Decision.title, Decision.proposal, Decision.decided, Decision.conditions, Decision.executor, Decision.evidence,
    )  # fmt: skip
    statement = select(Decision).where(Decision.pilot_id == asked.pilot.id, asked.fits(*texts))
    found, total = first(statement.order_by(Decision.day.is_(None), Decision.day.desc(), Decision.id.desc()))
    url = url_for("decisions.log", q=asked.typed)
    return Group("decisions", _("Decisions"), [_decision(row, asked) for (row,) in found], total, url)


def _decision(row: Decision, asked: Asked) -> Hit:
    title = " ".join(filter(None, (row.number, row.title)))
    under = f"{words.decision(row.status).word} · {showing.when(row)}"
    return Hit(title, url_for("decisions.decision", decision_id=row.id), under, excerpt(row.decided or row.proposal, asked.words))


def meetings(asked: Asked) -> Group:
    """Return the meetings whose title, agenda or minutes fit, latest first."""
    at_points = select(AgendaPoint.meeting_id).where(asked.fits(AgendaPoint.title, AgendaPoint.text, AgendaPoint.notes))
    fits = asked.fits(Meeting.title, Meeting.text, Meeting.note, Meeting.place) | Meeting.id.in_(at_points)
    statement = select(Meeting).where(Meeting.pilot_id == asked.pilot.id, fits)
    found, total = first(statement.order_by(Meeting.day.desc(), Meeting.id.desc()))
    return Group("meetings", _("Meetings"), [_meeting(row, asked) for (row,) in found], total)


def _meeting(row: Meeting, asked: Asked) -> Hit:
    standing = words.meeting(row.state, row.day, asked.day)
    url = url_for("decisions.meeting", meeting_id=row.id)
    return Hit(row.title, url, f"{row.day.isoformat()} · {standing.word}", excerpt(row.text or row.note, asked.words))
