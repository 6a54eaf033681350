"""Users' Markdown to safe HTML: rendered by Markdown, cleaned by nh3, with limits on size and nesting. Tags are text, shown as they were typed.

Markdown alone lets script and javascript: links through, and some texts keep it busy for minutes; hence the limits, and plain
text where a text goes past them.
"""

import re
from functools import lru_cache

from markupsafe import Markup, escape

LONGEST = 20_000
MOST_BRACKETS = 400
DEEPEST = 12
MOST_KEPT = 200
TAGS = {"p", "br", "em", "strong", "del", "code", "pre", "blockquote", "ul", "ol", "li", "a", "h3", "h4", "h5", "h6", "hr", "table", "thead", "tbody", "tr", "th", "td"}  # fmt: skip
ATTRIBUTES = {"a": {"href", "title"}, "th": {"align"}, "td": {"align"}}
_NESTING = re.compile(r"^(?:[ \t]*(?:[>*+-]|\d{1,3}[.)])[ \t]*)+", re.MULTILINE)


@lru_cache(maxsize=MOST_KEPT)
def render(text: str) -> Markup:
    """Return ``text`` as safe HTML; a text that is too long, too nested or too full of brackets is shown as it was typed.

    The latest are kept: the same texts of the catalogues are read again and again.
    """
    if not text.strip():
        return Markup("")
    if len(text) > LONGEST or _is_heavy(text):
        return _plain(text)
    import markdown
    import nh3

    try:
        reader = markdown.Markdown(extensions=["tables", "sane_lists"], output_format="html")
        reader.preprocessors.deregister("html_block")
        reader.inlinePatterns.deregister("html")
        html = reader.convert(_lower_headings(text))
    except (RecursionError, ValueError):
        return _plain(text)
    return Markup(
        nh3.clean(
            html,
            tags=TAGS,
            attributes=ATTRIBUTES,
            url_schemes={"http", "https", "mailto"},
            link_rel="noopener noreferrer nofollow",
        )
    )


def _is_heavy(text: str) -> bool:
    if sum(text.count(mark) for mark in "[]()*_`<") > MOST_BRACKETS * 8 or text.count("[") > MOST_BRACKETS:
        return True
    deepest = max((len(re.findall(r"[>*+-]|\d[.)]", m.group())) for m in _NESTING.finditer(text)), default=0)
    indents = max((len(line) - len(line.lstrip()) for line in text.splitlines()), default=0)
    return deepest > DEEPEST or indents > DEEPEST * 4


def _lower_headings(text: str) -> str:
    """Push headings two steps down: a page has one h1 and its own h2."""
    return re.sub(r"^(#{1,4})(?=\s)", r"\1##", text, flags=re.MULTILINE)


def _plain(text: str) -> Markup:
    return Markup("<p>") + Markup("<br>").join(escape(line) for line in text.splitlines()) + Markup("</p>")
