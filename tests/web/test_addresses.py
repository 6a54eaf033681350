"""Addresses of long pages say what Flask's own say."""

import pytest
from flask import Flask, url_for

from ccc_pilot.web.addresses import path_to

PLACES = [
    {"plan": "sosr-wp4-2025", "slug": "P1-01", "region": "ro"},
    {"plan": "p", "slug": "PR-01~2025-10", "region": "rjl"},
    {"plan": "a b", "slug": "{slug} 100%", "region": "å"},
]


@pytest.mark.parametrize("place", PLACES)
@pytest.mark.parametrize("root", ["/", "/pilot"])
def test_a_filled_in_address_is_the_one_that_flask_builds(sqlite_app: Flask, place: dict[str, str], root: str):
    with sqlite_app.test_request_context(base_url=f"http://localhost{root}"):
        assert path_to("progress.edit", **place) == url_for("progress.edit", **place)


def test_addresses_of_two_mounts_are_told_apart(sqlite_app: Flask):
    paths = []
    for root in ("", "/pilot"):
        with sqlite_app.test_request_context(base_url=f"http://localhost{root}/"):
            paths.append(path_to("progress.show", plan="p", slug="M-1"))
    assert paths == ["/milestones/p/M-1", "/pilot/milestones/p/M-1"]
