"""The limit of a round of self-assessment: the application beside it, with only each page's own query and a plain template."""

from typing import Any

from flask import render_template, request
from sqlalchemy import text

from bench.bare.app import app, db

OF_REGION = (
    "SELECT id, point_key, score, state, note, na_reason, version, reopened FROM assessment_answer "
    "WHERE round_id = :number AND region = :region {more} ORDER BY position"
)
OF_ALL = "SELECT point_key, region, score, note, state FROM assessment_answer WHERE round_id = :number ORDER BY region, position"
SAVE = "UPDATE assessment_answer SET note = :note, version = version + 1 WHERE round_id = :number AND region = :region AND position = 0"


def _page(query: str, **told: Any) -> str:
    return render_template("plain.html", rows=db.session.execute(text(query), told).all())


@app.get("/rounds/<int:number>/<region>")
def region(number: int, region: str) -> str:
    """All answers of a region, or those of a chapter."""
    chapter = request.args.get("chapter")
    if chapter is None:
        return _page(OF_REGION.format(more=""), number=number, region=region)
    return _page(OF_REGION.format(more="AND chapter_key = :chapter"), number=number, region=region, chapter=chapter)


@app.get("/rounds/<int:number>")
def everything(number: int) -> str:
    """The answers of all regions."""
    return _page(OF_ALL, number=number)


@app.post("/rounds/<int:number>/<region>")
def save(number: int, region: str) -> str:
    """Save the first answer of a region."""
    db.session.execute(text(SAVE), {"note": request.form["note"], "number": number, "region": region})
    db.session.commit()
    return "saved"
