"""People's Markdown becomes blocks of a paper, and no text keeps it busy."""

import pytest

from ccc_pilot.office import prose
from ccc_pilot.office.blocks import Bullets, Grid, Heading, Paragraph, Run, plain, text_of


def test_headings_paragraphs_lists_quotes_and_tables():
    text = "## Läget\nEn **klar** sak\nsom går vidare.\n\n- ett\n  - två\n- tre *lutad*\n\n1. först\n2. sedan\n\n> sagt\n> av någon\n\n| a | b |\n|---|--:|\n| 1 | 2 |\n"
    found = prose.blocks(text)
    assert found[0] == Heading("Läget", 2)
    assert found[1] == Paragraph((Run("En "), Run("klar", bold=True), Run(" sak som går vidare.")))
    bullets, numbered = found[2], found[3]
    assert isinstance(bullets, Bullets)
    assert [(item.level, text_of(item.runs)) for item in bullets.items] == [(0, "ett"), (1, "två"), (0, "tre lutad")]
    assert bullets.items[2].runs[1] == Run("lutad", italic=True)
    assert isinstance(numbered, Bullets)
    assert numbered.ordered
    assert found[4] == Paragraph(plain("sagt av någon"), "quote")
    assert found[5] == Grid(("a", "b"), (("1", "2"),))


def test_a_line_that_goes_on_belongs_to_its_item():
    (bullets,) = prose.blocks("- ett\n  och mer\n- två")
    assert isinstance(bullets, Bullets)
    assert [text_of(item.runs) for item in bullets.items] == ["ett och mer", "två"]


def test_links_keep_their_address_and_others_stay_text():
    assert prose.runs("se [skrivelsen](https://example.se/a) nu") == (
        Run("se "), Run("skrivelsen", href="https://example.se/a"), Run(" nu"),
    )  # fmt: skip
    assert prose.runs("[x](javascript:alert(1))") == plain("[x](javascript:alert(1))")


@pytest.mark.parametrize("text", ["snake_case_name", "2 * 3 * 4", "250512", "a ** b", "5*", "[ ]", "<b>x</b>", "a\\b"])
def test_what_is_no_markdown_is_kept_as_it_was_typed(text):
    assert prose.runs(text) == plain(text)
    assert prose.strip(text) == text


def test_signs_that_were_escaped_stand_for_themselves():
    assert prose.runs(r"\*inte lutad\*") == plain("*inte lutad*")


def test_a_table_row_that_is_too_short_or_long_fits_its_header():
    assert prose.blocks("|a|b|\n|-|-|\n|1|\n|1|2|3|") == (Grid(("a", "b"), (("1", ""), ("1", "2"))),)


@pytest.mark.parametrize("text", ["*" * 20_000, "_" * 20_000, "[" * 20_000, "**a" * 6_000, "> " * 9_000, "|a" * 9_000, "- " * 9_000, "[a](" * 5_000, "# " * 9_000, "|-" * 9_000 + "\n" + "|-" * 9_000, "*a " * 6_000])  # fmt: skip
@pytest.mark.timeout(30)  # what a careless reader takes a minute for
def test_no_text_keeps_it_busy(text):
    assert prose.blocks(text)
