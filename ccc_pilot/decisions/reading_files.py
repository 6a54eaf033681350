"""The text of what was pasted or uploaded, and what was found in it, ready to be ticked."""

from typing import Any

from ccc_pilot.decisions.finder import Found
from ccc_pilot.i18n import gettext as _
from ccc_pilot.office import extract


def text_of(pasted: str, data: bytes | None, name: str) -> tuple[str, str]:
    """Return the text to look in, and what it is called: the file's, where there is one, else what was pasted.

    Raises ``Refused`` at the field "file" where the file cannot be read.
    """
    if data is None:
        return pasted, _("pasted text")
    return extract.read(data, field="file").text, name[:120]


def entry(one: Found, name: str) -> dict[str, Any]:
    """Return what was found as the fields of its form; what may be a proposal or decision is not ticked beforehand."""
    where = _("Found in %(name)s, line %(line)s.", name=name, line=one.line)
    return {
        "take": False,
        "title": one.title,
        "text": one.text,
        "due": one.due,
        "kind": one.kind,
        "where": where,
        "paragraph": one.paragraph or "",
    }
