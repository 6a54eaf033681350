"""Several who write the same answer at once: every text gets in, none is written over, and the history tells each."""

from concurrent.futures import ThreadPoolExecutor

import pytest
from flask import Flask
from sqlalchemy import func, select

from ccc_pilot import journal
from ccc_pilot.assessment import answers
from ccc_pilot.assessment.models import AnswerChange, AssessmentAnswer, AssessmentRound
from ccc_pilot.db import db, transaction
from ccc_pilot.errors import Conflict
from tests.factories import person

pytestmark = pytest.mark.every_engine

WRITERS, SAVES, SLUG = 4, 4, "MDT-01.1"


def target() -> AssessmentAnswer:
    return answers.answer(db.session.get_one(AssessmentRound, 1), "ro", SLUG)


def save(app: Flask, text: str, by: int) -> int:
    """Add ``text`` to the note, as often as it takes; returns how often somebody else was first."""
    for races in range(200):
        with app.app_context():
            found = target()
            note, version = found.note, found.version
            try:
                with transaction():
                    answers.write(target=target(), version=version, actor_id=by, note=f"{note} {text}".strip())
            except Conflict:
                continue
            finally:
                db.session.remove()
            return races
    raise AssertionError(f"{text} never got in")


def test_four_who_write_one_answer_lose_no_text(pilot_app: Flask):
    with pilot_app.app_context():
        by = person("expert.ro").id
    texts = [f"w{writer}-{n}" for n in range(SAVES) for writer in range(WRITERS)]
    with ThreadPoolExecutor(WRITERS) as pool:
        list(pool.map(lambda text: save(pilot_app, text, by), texts))
    with pilot_app.app_context():
        found = target()
        assert sorted(found.note.split()) == sorted(texts)
        assert found.version == len(texts) + 1
        told = select(func.count(AnswerChange.id)).where(AnswerChange.answer_id == found.id)
        assert db.session.scalar(told) == len(texts)
        assert list(journal.verify()) == []
