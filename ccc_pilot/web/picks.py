"""The field of what is chosen in a list: rows, each with the version it was chosen at."""

import re
from typing import Any

from wtforms import Field

from ccc_pilot.i18n import gettext as _

PICK = re.compile(r"([1-9][0-9]{0,8})\.([1-9][0-9]{0,8})", re.ASCII)


class PicksField(Field):
    """The rows that are chosen: ``data`` maps a row's id to the version it was chosen at. A box may carry several ("12.3 13.1")."""

    takes_many = True

    def process_data(self, value: Any) -> None:
        """Begin with nothing chosen."""
        self.data = value or {}

    def process_formdata(self, valuelist: list[Any]) -> None:
        """Read what the ticked boxes carry."""
        found = [PICK.fullmatch(pick) for value in valuelist for pick in value.split()]
        if None in found:
            raise ValueError(_("The form is incomplete. Open it again; your text is kept below."))
        self.data = {int(pick[1]): int(pick[2]) for pick in found if pick}
