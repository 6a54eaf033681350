"""Evidence as the search finds it: in titles, summaries and the texts of documents."""

from flask import url_for

from ccc_pilot.evidence import library
from ccc_pilot.i18n import gettext as _
from ccc_pilot.overview.asked import Asked, Group, Hit, first
from ccc_pilot.overview.excerpts import excerpt


def found(asked: Asked) -> Group:
    """Return the evidence that fits, of what the reader may see, with the words around what was found."""
    rows, total = first(library.wanted(library.Query(q=" ".join(asked.words)), asked.who, asked.day))
    texts = library.texts_of([version.id for _item, version in rows]) if rows else {}
    hits = [
        Hit(
            item.title, url_for("evidence.show", item_id=item.id), version.filename or version.address,
            excerpt(texts.get(version.id, "") or item.summary, asked.words),
        )
        for item, version in rows
    ]  # fmt: skip
    return Group("evidence", _("Evidence"), hits, total, rest_url=url_for("evidence.index", q=asked.typed))
