"""How many queries each page takes: counted in the application itself.

Run inside a house (see bench/data.py): python -m bench.queries LOGIN PATH …, where LOGIN is a demo person's name before the @.
"""

import json
import os
import sys

from sqlalchemy import Engine, event
from sqlalchemy.engine import Connection


def main() -> None:
    """Print a JSON object: how many queries each path took, the log-in's own included."""
    from ccc_pilot import config, create_app
    from ccc_pilot.db import db, transaction
    from ccc_pilot.people import accounts, sessions
    from ccc_pilot.people.models import Person

    app, count = create_app(config.from_environment({**os.environ, "CCC_PILOT_DEMO": "1"})), 0

    def add(_connection: Connection, _cursor: object, statement: str, *_more: object) -> None:
        nonlocal count
        count += not statement.startswith(("BEGIN", "PRAGMA"))

    with app.app_context(), transaction():
        person: Person | None = accounts.by_email(f"{sys.argv[1]}@demo.example")
        assert person is not None
        token = sessions.begin(person)
    client, found = app.test_client(), {}
    with client.session_transaction() as session:
        session["token"] = token
    event.listen(Engine, "before_cursor_execute", add)
    for path in sys.argv[2:]:
        client.get(path)  # what is read once in the life of a process
        count = 0
        response = client.get(path)
        assert response.status_code == 200, (path, response.status_code)
        response.get_data()
        found[path] = count
    print(json.dumps(found))
    with app.app_context():
        db.engine.dispose()


if __name__ == "__main__":
    main()
