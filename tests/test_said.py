"""What the program itself writes into histories: stored as a code, read in the reader's language."""

import pytest
from flask import Flask

from ccc_pilot import said
from ccc_pilot.i18n import force_locale


def test_a_sentence_is_stored_without_a_language_and_read_in_the_readers(sqlite_app: Flask):
    stored = said.code("changed", "F-01, F-02")
    assert stored == "§changed F-01, F-02" and said.code("undone-several") == "§undone-several"
    with sqlite_app.test_request_context():
        with force_locale("sv"):
            assert said.in_words(stored) == "F-01, F-02 ändrades."
        with force_locale("en"):
            assert said.in_words(stored) == "F-01, F-02 was changed."
            assert said.in_words("§undone-several") == "A change of several was undone."


@pytest.mark.parametrize("text", ["", "100 % klart", "§ 12 i avtalet", "§okänd", "§changed-nothing x"])
def test_what_people_write_is_read_as_they_wrote_it(text):
    assert said.in_words(text) == text


def test_a_sentence_that_nobody_knows_is_not_stored():
    with pytest.raises(KeyError):
        said.code("okänd")
