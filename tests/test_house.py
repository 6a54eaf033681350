"""The house test: the code keeps the laws of the architecture, and each law finds the fault it is there for.

A law is a function over a tree that yields its findings (tests/house/). Each is aimed at this repository, where it must find
nothing, and at a small made-up house with one fault in it.
"""

from pathlib import Path

import pytest

from tests.house import floors, kinds, order
from tests.house.reading import House

ROOT = Path(__file__).resolve().parent.parent
LAWS = {law.__name__: law for law in (*floors.LAWS, *kinds.LAWS, *order.LAWS)}
PROGRESS_VIEWS = '''"""Pages."""
blueprint = Blueprint("progress", __name__)
@blueprint.get("/milestones")
@may("milestone.read")
def index():
    """The matrix."""
    return render_template("progress/index.html")
'''
SOUND = {
    "setup.cfg": "[options]\npackages =\n ccc_pilot\n ccc_pilot.dates\n ccc_pilot.people\n ccc_pilot.progress\n ccc_pilot.templates\n ccc_pilot.migrations\n",
    "ccc_pilot/__init__.py": "def create_app():\n    'Build.'\n    from ccc_pilot import roof\n    return roof\n",
    "ccc_pilot/roof.py": "from ccc_pilot.progress import views\nBLUEPRINTS = ('ccc_pilot.progress.views',)\nMODELS = ('ccc_pilot.people.models',)\n",
    "ccc_pilot/dates/__init__.py": "from ccc_pilot.dates.clock import utc_now\n",
    "ccc_pilot/dates/clock.py": "def utc_now():\n    'Now.'\n    return datetime.now(UTC)\n",
    "ccc_pilot/people/__init__.py": "",
    "ccc_pilot/people/models.py": "from sqlalchemy import String\nclass Person(Base):\n    'Somebody.'\n    __tablename__ = 'person'\n",
    "ccc_pilot/progress/__init__.py": "",
    "ccc_pilot/progress/rules.py": "from datetime import date\ndef late(due, today):\n    'Whether.'\n    return due < today\n",
    "ccc_pilot/progress/service.py": "from ccc_pilot.people.models import Person\nfrom ccc_pilot.progress import rules\n",
    "ccc_pilot/progress/views.py": PROGRESS_VIEWS,
    "templates/base.html": "<!doctype html>",
    "templates/progress/index.html": '{% extends "base.html" %}',
    "migrations/versions/0001_people_and_posts.py": "def upgrade():\n    pass\ndef downgrade():\n    pass\n",
}
SHELF = {"ccc_pilot/visits/__init__.py": "", "ccc_pilot/visits/rules.py": ""}
A_VIEW = "@blueprint.get('/x')\n@may('x')\ndef x():\n    'X.'\n"


def after(place: str, text: str) -> dict[str, str]:
    """A house whose file ``place`` goes on with ``text``."""
    return {place: SOUND[place] + text}


FAULTS = {
    "the ground floor imports a feature": (
        "imports_go_down",
        after("ccc_pilot/dates/clock.py", "from ccc_pilot.progress import rules\n"),
    ),
    "the hall imports a feature within a function": (
        "imports_go_down",
        after("ccc_pilot/people/models.py", "def f():\n    'F.'\n    from ccc_pilot.progress.service import x\n"),
    ),
    "a feature imports the roof": ("imports_go_down", after("ccc_pilot/progress/service.py", "from ccc_pilot import roof\n")),
    "the package's face opens the roof at once": ("imports_go_down", {"ccc_pilot/__init__.py": "from ccc_pilot import roof\n"}),
    "a room without a floor": ("imports_go_down", {"ccc_pilot/cellar.py": ""}),
    "a feature imports another": (
        "features_do_not_meet",
        SHELF | after("ccc_pilot/progress/service.py", "from ccc_pilot.visits import rules as r\n"),
    ),
    "two files import each other": (
        "no_circles",
        after("ccc_pilot/progress/rules.py", "from ccc_pilot.progress.service import x\n"),
    ),
    "a relative import": ("imports_are_written_in_full", after("ccc_pilot/progress/service.py", "from . import rules\n")),
    "a rule that knows the language": (
        "rules_are_pure",
        after("ccc_pilot/progress/rules.py", "from ccc_pilot.i18n import gettext\n"),
    ),
    "a rule that knows the request": ("rules_are_pure", after("ccc_pilot/progress/rules.py", "import flask\n")),
    "a rule that asks the database": ("rules_are_pure", after("ccc_pilot/progress/rules.py", "from sqlalchemy import select\n")),
    "a rule that asks the clock": (
        "rules_are_pure",
        after("ccc_pilot/progress/rules.py", "from ccc_pilot.dates import utc_now\n"),
    ),
    "a rule that reads a file": (
        "rules_are_pure",
        after("ccc_pilot/progress/rules.py", "def f():\n    'F.'\n    return open('x')\n"),
    ),
    "a rule that leans on an impure neighbour": (
        "rules_are_pure",
        {"ccc_pilot/progress/words.py": "import flask\n"}
        | after("ccc_pilot/progress/rules.py", "from ccc_pilot.progress import words\n"),
    ),
    "a model that asks": (
        "models_only_hold",
        after("ccc_pilot/people/models.py", "    def f(self):\n        return select(Person)\n"),
    ),
    "a model that commits": (
        "models_only_hold",
        after("ccc_pilot/people/models.py", "    def f(self):\n        db.session.commit()\n"),
    ),
    "a model of another room": (
        "models_only_hold",
        {"ccc_pilot/progress/models.py": "from ccc_pilot.people.models import Person\n"},
    ),
    "a use case that commits": (
        "use_cases_leave_the_edge_alone",
        after("ccc_pilot/progress/service.py", "db.session.commit()\n"),
    ),
    "a use case that opens its own transaction": (
        "use_cases_leave_the_edge_alone",
        after("ccc_pilot/progress/service.py", "with transaction():\n    pass\n"),
    ),
    "a use case that reads the request": (
        "use_cases_leave_the_edge_alone",
        after("ccc_pilot/progress/service.py", "from flask import request\n"),
    ),
    "a form that asks the database": ("forms_know_no_database", {"ccc_pilot/progress/forms.py": "from ccc_pilot.db import db\n"}),
    "a view without a door": (
        "views_are_thin",
        after("ccc_pilot/progress/views.py", "@blueprint.post('/x')\ndef x():\n    'X.'\n"),
    ),
    "a use case that sends the visitor on": (
        "use_cases_leave_the_edge_alone",
        after("ccc_pilot/progress/service.py", "from flask import redirect, url_for\n"),
    ),
    "a view that is too long": ("views_are_thin", after("ccc_pilot/progress/views.py", A_VIEW + "    f()\n" * 25)),
    "a view that asks the database": ("views_are_thin", after("ccc_pilot/progress/views.py", "from sqlalchemy import select\n")),
    "a view that runs a query": ("views_are_thin", after("ccc_pilot/progress/views.py", A_VIEW + "    Person.query()\n")),
    "a view that catches faults": (
        "views_are_thin",
        after("ccc_pilot/progress/views.py", "try:\n    f()\nexcept E:\n    pass\n"),
    ),
    "a view that counts days": ("views_are_thin", {"ccc_pilot/progress/list_views.py": "from datetime import timedelta\n"}),
    "a second clock": ("one_clock", after("ccc_pilot/progress/service.py", "x = datetime.now(UTC)\n")),
    "a calendar of its own": ("one_clock", after("ccc_pilot/progress/service.py", "x = datetime.date.today()\n")),
    "a stopwatch that tells the time": ("one_clock", after("ccc_pilot/progress/service.py", "x = time.time()\n")),
    "a pickle": ("no_trap_doors", after("ccc_pilot/progress/service.py", "import pickle\n")),
    "eval": ("no_trap_doors", after("ccc_pilot/progress/service.py", "eval('1')\n")),
    "a shell": ("no_trap_doors", after("ccc_pilot/progress/service.py", "run('ls', shell=True)\n")),
    "SQL put together from parts": ("no_trap_doors", after("ccc_pilot/progress/service.py", "text(f'SELECT {name}')\n")),
    "SQL put together by format": (
        "no_trap_doors",
        after("ccc_pilot/progress/service.py", "db.session.execute('SELECT {}'.format(name))\n"),
    ),
    "a module called utils": ("names_say_something", {"ccc_pilot/progress/utils.py": ""}),
    "a long file": ("files_are_short", {"ccc_pilot/progress/listing.py": "x = 1\n" * 251}),
    "a long test": ("files_are_short", {"tests/test_x.py": "x = 1\n" * 451}),
    "a function without a word": ("all_is_told", after("ccc_pilot/progress/service.py", "def f():\n    return 1\n")),
    "a class without a word": ("all_is_told", after("ccc_pilot/progress/service.py", "class F:\n    x = 1\n")),
    "a method without a word": (
        "all_is_told",
        after("ccc_pilot/progress/service.py", "class F:\n    'F.'\n    def g(self):\n        return 1\n"),
    ),
    "a package that setup.cfg forgets": ("packages_are_named", SHELF),
    "a package that is only in setup.cfg": ("packages_are_named", after("setup.cfg", " ccc_pilot.cellar\n")),
    "a blueprint that the roof forgets": ("registries_are_complete", {"ccc_pilot/visits/views.py": PROGRESS_VIEWS}),
    "views that nobody gathers": ("registries_are_complete", {"ccc_pilot/progress/list_views.py": ""}),
    "tables that the roof forgets": (
        "registries_are_complete",
        {"ccc_pilot/progress/models.py": "class Row(Base):\n    'A row.'\n    __tablename__ = 'row'\n"},
    ),
    "a page that answers to no endpoint": ("templates_answer_to_endpoints", {"templates/progress/matrix.html": ""}),
    "a page that nobody has written": (
        "templates_are_there",
        after("ccc_pilot/progress/views.py", A_VIEW + "    render_template('progress/x.html')\n"),
    ),
    "a part that is not there": (
        "templates_are_there",
        after("templates/progress/index.html", '{% include "progress/_row.html" %}'),
    ),
    "a page that nobody names": ("templates_are_there", {"templates/progress/_old.html": ""}),
    "a style attribute": ("templates_hold_markup_only", {"templates/base.html": '<p style="color:red">'}),
    "a script within the page": ("templates_hold_markup_only", {"templates/base.html": "<script>f()</script>"}),
    "an event attribute": ("templates_hold_markup_only", {"templates/base.html": '<a onclick="f()">'}),
    "a migration that imports the house": (
        "migrations_stand_alone",
        after("migrations/versions/0001_people_and_posts.py", "from ccc_pilot.db import Base\n"),
    ),
    "a migration out of turn": (
        "migrations_stand_alone",
        {"migrations/versions/0003_a_row_of_it.py": "def upgrade(): 1\ndef downgrade(): 1\n"},
    ),
    "a migration without a sentence": (
        "migrations_stand_alone",
        {"migrations/versions/0002_x.py": "def upgrade(): 1\ndef downgrade(): 1\n"},
    ),
    "a migration of no return": (
        "migrations_stand_alone",
        {"migrations/versions/0002_a_row_of_it.py": "def upgrade():\n    pass\n"},
    ),
}


def built(folder: Path, files: dict[str, str]) -> House:
    """Write a small house into ``folder`` and return it."""
    for place, text in files.items():
        path = folder / place
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, "utf-8")
    return House(folder)


@pytest.fixture(scope="module")
def house():
    """This repository."""
    return House(ROOT)


@pytest.mark.parametrize("law", LAWS.values(), ids=LAWS)
def test_the_house_keeps_its_law(law, house):
    assert list(law(house)) == []


@pytest.mark.parametrize("law", LAWS.values(), ids=LAWS)
def test_a_sound_small_house_is_found_sound(law, tmp_path):
    assert list(law(built(tmp_path, SOUND))) == []


@pytest.mark.parametrize(("name", "files"), FAULTS.values(), ids=FAULTS)
def test_a_law_finds_the_fault_it_is_there_for(name, files, tmp_path):
    assert list(LAWS[name](built(tmp_path, SOUND | files))) != []


def test_every_law_has_a_fault_that_it_finds():
    assert {name for name, _files in FAULTS.values()} == set(LAWS)
