"""What is loaded may be collected at any moment: the garbage collector is let run just where a session lets go of an object."""

import subprocess
import sys

COLLECTED_WITHIN = """
import gc

import ccc_pilot.db
from sqlalchemy import inspect
from sqlalchemy.orm import DeclarativeBase, Mapped, mapped_column

class Base(DeclarativeBase):
    pass

class Thing(Base):
    __tablename__ = "thing"
    id: Mapped[int] = mapped_column(primary_key=True)

class IdentityMap:
    def _fast_discard(self, state):
        pass

def loaded():
    one = Thing()
    one.itself, state = one, inspect(one)
    state.session_id, state._instance_dict = 1, lambda: known
    return one, state

gc.disable()
known = IdentityMap()
kept = [loaded() for _ in range(100)]
kept[0][1].expired = True
one, state = loaded()
del one
gc.set_threshold(1)
dictionaries = [{} for _ in range(100)]  # none is left to be used again, so that the next one is made, and the collector runs
gc.enable()
state._strong_obj = None
gc.disable()
print("lived")
"""


def test_a_session_may_let_go_of_an_object_while_the_collector_takes_it():
    """On Python 3.11 the process would fall, with all requests in it, had the notes no place of their own from the beginning."""
    done = subprocess.run([sys.executable, "-c", COLLECTED_WITHIN], capture_output=True, text=True)
    assert (done.returncode, done.stdout.strip()) == (0, "lived"), done.stderr


def test_every_note_that_is_given_a_place_is_one_that_sqlalchemy_takes():
    """A name that SQLAlchemy no longer knows would take the place of one that it does."""
    from sqlalchemy.orm import InstanceState

    from ccc_pilot.db import NOTED

    assert [name for name in NOTED if not hasattr(InstanceState, name) and name not in InstanceState.__annotations__] == []
