"""Addresses of long pages say what Flask's own say."""

import gc
from pathlib import Path

import pytest
from flask import Flask, url_for
from werkzeug.routing import BuildError

from ccc_pilot import create_app
from ccc_pilot.web.addresses import LateRule, path_to
from tests.support.installation import settings_in

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


@pytest.mark.parametrize("number", [0, 7, 9_000_000_000_000, 2**63])
def test_a_number_is_filled_in_too(sqlite_app: Flask, number: int):
    with sqlite_app.test_request_context():
        for one in (1, number):
            assert path_to("improvement.batch", plan_id=12, number=one) == url_for("improvement.batch", plan_id=12, number=one)


def test_addresses_of_two_mounts_are_told_apart(sqlite_app: Flask):
    paths = []
    for root in ("", "/pilot"):
        with sqlite_app.test_request_context(base_url=f"http://localhost{root}/"):
            paths.append(path_to("progress.show", plan="p", slug="M-1"))
    assert paths == ["/milestones/p/M-1", "/pilot/milestones/p/M-1"]


def test_an_address_that_was_never_asked_for_is_built_like_any_other(sqlite_app: Flask):
    with sqlite_app.test_request_context():
        assert {type(rule) for rule in sqlite_app.url_map.iter_rules() if rule.endpoint != "static"} == {LateRule}
        assert url_for("progress.index") == "/milestones"
        assert url_for("progress.index", q="å b", region=None, page=2, _anchor="top") == "/milestones?q=%C3%A5+b&page=2#top"
        assert url_for("progress.batch", number=7, _external=True).endswith("/milestones/bulk/7")
        with pytest.raises(BuildError):
            url_for("progress.batch")


@pytest.mark.parametrize("collecting", [True, False])
def test_the_collector_goes_on_as_it_was_once_the_house_is_built(tmp_path: Path, collecting: bool):
    was = gc.isenabled()
    (gc.enable if collecting else gc.disable)()
    try:
        create_app(settings_in(tmp_path, f"sqlite:///{tmp_path / 'house.sqlite'}"))
        assert gc.isenabled() is collecting
    finally:
        (gc.enable if was else gc.disable)()
