"""How fast is a round of self-assessment, at 3 and at 30 regions? Beside each page a bare one: the same query and a plain template.

Both run in this process, one after the other in turn, on the same database. Run: python -m bench.assessment
[--points 343] [--regions 3 30] [--evidence 5000] [--rounds 15]; smaller numbers for a quick look.
"""

import argparse
import io
import os
import platform
import tempfile
import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from statistics import median
from typing import Any

from flask import Flask, render_template_string
from sqlalchemy import Engine, event, text

from bench import assessment_data as data

WARM = 2
QUERIES = 20
PLAIN = (
    "<!doctype html><table>{% for row in rows %}<tr>{% for cell in row %}<td>{{ cell }}</td>{% endfor %}</tr>{% endfor %}</table>"
)
ROWS = (
    "SELECT a.id, a.point_key, a.score, a.state, a.note, a.na_reason, a.version, a.reopened FROM assessment_answer a "
    "WHERE a.round_id = :round AND a.region = 'ro' {more} ORDER BY a.position"
)
ALL = "SELECT point_key, region, score, note, state FROM assessment_answer WHERE round_id = :round ORDER BY region, position"
SAVE = "UPDATE assessment_answer SET note = :note, version = version + 1 WHERE id = :id"


@dataclass
class House:
    """A round of so many regions: the product's client and the bare application on the same database."""

    regions: int
    app: Flask
    client: Any
    bare: Any
    number: int
    saved: int = 0


def main() -> None:
    """Build the rounds, measure in turn, print the tables."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else "")
    parser.add_argument("--points", type=int, default=343)
    parser.add_argument("--regions", type=int, nargs="+", default=[3, 30])
    parser.add_argument("--evidence", type=int, default=5_000)
    parser.add_argument("--rounds", type=int, default=15)
    given = parser.parse_args()
    data.put_on_the_shelf(given.points)
    with tempfile.TemporaryDirectory() as name:
        houses = [_house(Path(name) / str(n), n, given.evidence) for n in given.regions]
        print(f"Python {platform.python_version()}, {os.cpu_count()} cores, load {os.getloadavg()[0]:.1f} before; ", end="")
        print(f"{given.points} points, {given.evidence:,} items, {given.rounds} requests to each\n")
        tell_pages(houses, given.rounds)
        tell_files(houses)
        for house in houses:
            _close(house.app)


def _house(folder: Path, regions: int, evidence: int) -> House:
    folder.mkdir()
    app, number = data.build(folder, regions, evidence)
    return House(regions, app, _client(app), _bare(app, number).test_client(), number)


def _client(app: Flask) -> Any:
    """Return a client in which the regional lead of RÖ is logged in."""
    from ccc_pilot.db import transaction
    from ccc_pilot.people import accounts, sessions

    with app.app_context(), transaction():
        person = accounts.by_email("projektledare.ro@demo.example")
        assert person is not None
        token = sessions.begin(person)
    client = app.test_client()
    client.environ_base["HTTP_SEC_FETCH_SITE"] = "same-origin"
    with client.session_transaction() as session:
        session["token"] = token
    return client


def _bare(app: Flask, number: int) -> Flask:
    """Return the limit: a page is its query and a plain template, a save its update."""
    from ccc_pilot.db import db

    bare = Flask("bare")
    with app.app_context():
        engine = db.engine

    def page(query: str) -> Callable[[], str]:
        def show() -> str:
            with engine.connect() as connection:
                return render_template_string(PLAIN, rows=connection.execute(text(query), {"round": number}).all())

        return show

    def save() -> str:
        with engine.begin() as connection:
            connection.execute(text(SAVE), {"note": str(time.time()), "id": _last(engine, number)})
        return "saved"

    bare.add_url_rule("/region", "region", page(ROWS.format(more="")))
    bare.add_url_rule("/chapter", "chapter", page(ROWS.format(more=f"AND a.chapter_key = '{data.KEY}:C1'")))
    bare.add_url_rule("/all", "all", page(ALL))
    bare.add_url_rule("/save", "save", save, methods=["POST"])
    return bare


def _last(engine: Engine, number: int) -> int:
    with engine.connect() as connection:
        return int(
            connection.execute(
                text("SELECT max(id) FROM assessment_answer WHERE round_id = :round"), {"round": number}
            ).scalar_one()
        )


def tell_pages(houses: list[House], rounds: int) -> None:
    """Print the medians of each page beside the bare one, and the number of queries."""
    print(
        "| ms |"
        + "".join(f" {house.regions} regions | queries | bare | times bare |" for house in houses)
        + " largest / smallest | aim |"
    )
    print("|---|" + "---|" * (4 * len(houses) + 2))
    for name, path, against, aim in (
        ("a chapter of one region", "ro?chapter=C1", "/chapter", f"at most {QUERIES} queries"),
        ("all points of one region on one page", "ro", "/region", "≤ 4 x bare"),
        ("results", "results", "/all", "≤ 10 x from 3 to 30 regions"),
        ("gaps", "gaps", "/all", ""),
    ):
        _tell(name, aim, [(house, _page(house, path), lambda h=house, a=against: _get(h.bare, a)) for house in houses], rounds)
    _tell(
        "save an answer",
        "≤ 6 x bare",
        [(house, _saver(house), lambda h=house: _post(h.bare, "/save", {})) for house in houses],
        rounds,
    )
    print()


def _tell(name: str, aim: str, pairs: list[tuple[House, Callable[[], None], Callable[[], None]]], rounds: int) -> None:
    ours, theirs, counts = [], [], []
    for house, mine, bare in pairs:
        times = [(_seconds(mine), _seconds(bare)) for _turn in range(rounds + WARM)][WARM:]
        ours.append(median(one for one, _other in times))
        theirs.append(median(other for _one, other in times))
        counts.append(_queries(house, mine))
    cells = "".join(
        f" {1000 * one:.1f} | {n} | {1000 * other:.1f} | {one / other:.1f} |"
        for one, other, n in zip(ours, theirs, counts, strict=True)
    )
    print(f"| {name} |{cells} {ours[-1] / ours[0]:.1f} | {aim} |", flush=True)


def _seconds(call: Callable[[], None]) -> float:
    began = time.perf_counter()
    call()
    return time.perf_counter() - began


def _queries(house: House, call: Callable[[], None]) -> int:
    count = 0

    def add(_connection: object, _cursor: object, statement: str, *_more: object) -> None:
        nonlocal count
        count += not statement.startswith(("BEGIN", "PRAGMA"))

    event.listen(Engine, "before_cursor_execute", add)
    call()
    event.remove(Engine, "before_cursor_execute", add)
    return count


def _page(house: House, path: str) -> Callable[[], None]:
    return lambda: _get(house.client, f"/assessment/{house.number}/{path}")


def _get(client: Any, path: str) -> bytes:
    response = client.get(path)
    assert response.status_code == 200, f"{path} was answered with {response.status_code}"
    return bytes(response.data)


def _post(client: Any, path: str, fields: dict[str, Any]) -> Any:
    response = client.post(path, data=fields, headers={"HX-Request": "true"})
    assert response.status_code in {200, 302}, f"{path} was answered with {response.status_code}"
    return response


def _saver(house: House) -> Callable[[], None]:
    def save() -> None:
        house.saved += 1
        fields = {"version": 1 + house.saved, "score": "mostly", "note": f"Avstämt {house.saved}", "na_reason": ""}
        _post(house.client, f"/assessment/{house.number}/ro/points/P001/quick", fields)

    return save


def tell_files(houses: list[House]) -> None:
    """Print how long a whole file takes: the workbook of all regions, one region's coming back unchanged, the dossier of 500 files."""
    print("| seconds |" + "".join(f" {house.regions} regions |" for house in houses) + " aim |")
    print("|---|" + "---|" * (len(houses) + 1))
    for name, measure, aim in (
        ("Excel of all regions", lambda h: _get(h.client, f"/assessment/{h.number}/sosr/answers.xlsx"), "≤ 0.4 s at 3 regions"),
        ("Excel of one region comes back without edits", _comes_back, ""),
        ("dossier with 500 files", _dossier, ""),
    ):
        print(
            f"| {name} |" + "".join(f" {_seconds(lambda h=house, m=measure: m(h)):.2f} |" for house in houses) + f" {aim} |",
            flush=True,
        )


def _comes_back(house: House) -> None:
    path = f"/assessment/{house.number}/ro"
    _post(house.client, f"{path}/sheets", {"file": (io.BytesIO(_get(house.client, f"{path}/answers.xlsx")), "svar.xlsx")})


def _dossier(house: House) -> None:
    from ccc_pilot.assessment import dossier
    from ccc_pilot.assessment.models import AssessmentRound
    from ccc_pilot.db import db
    from ccc_pilot.evidence.store import FOLDER, Store

    with house.app.app_context():
        round_ = db.session.get_one(AssessmentRound, house.number)
        store = Store(house.app.extensions["ccc_settings"].data_dir / FOLDER)
        dossier.write(round_, round_.region_keys, store, io.BytesIO(), lambda percent, note: None)


def _close(app: Flask) -> None:
    from ccc_pilot.db import db

    with app.app_context():
        db.session.remove()
        db.engine.dispose()


if __name__ == "__main__":
    main()
