"""The commands about persons: the first administrator, and the way in when nobody can reach the pages."""

from tests.support.server import command
from tests.test_commands import assert_one_sentence


def test_init_makes_an_empty_database_and_one_link_for_the_first_administrator(tmp_path):
    done = command("init", "anna@region.example", "Anna Admin", data_dir=tmp_path / "data")
    assert done.returncode == 0, done.stderr
    assert done.stdout.splitlines()[-1].startswith("http://127.0.0.1:8000/")
    listed = command("person", "list", data_dir=tmp_path / "data").stdout.splitlines()
    assert listed == ["anna@region.example\tAnna Admin\topen"]
    assert_one_sentence(command("init", "bo@region.example", "Bo", data_dir=tmp_path / "data"), "already has people")


def test_a_person_is_added_disabled_enabled_and_given_a_new_link(tmp_path):
    data = tmp_path / "data"
    assert command("init", "anna@region.example", "Anna Admin", data_dir=data).returncode == 0
    assert "http://" in command("person", "add", "bo@region.example", "Bo Berg", data_dir=data).stdout
    assert command("person", "disable", "bo@region.example", data_dir=data).returncode == 0
    assert "bo@region.example\tBo Berg\tdisabled" in command("person", "list", data_dir=data).stdout
    assert command("person", "enable", "bo@region.example", data_dir=data).returncode == 0
    assert "http://" in command("person", "reset", "bo@region.example", data_dir=data).stdout
    assert_one_sentence(command("person", "reset", "nobody@region.example", data_dir=data), "nothing of that name")


def test_the_pilot_is_loaded_without_people_and_its_first_posts_are_filled_from_the_command_line(tmp_path):
    data = tmp_path / "data"
    assert command("init", "anna@region.example", "Anna Admin", "--pilot", data_dir=data).returncode == 0
    assert command("person", "list", data_dir=data).stdout.splitlines() == ["anna@region.example\tAnna Admin\topen"]
    assert command("person", "add", "bo@region.example", "Bo Berg", data_dir=data).returncode == 0
    assert "holds lead_pm from today" in command("person", "hold", "bo@region.example", "lead_pm", data_dir=data).stdout
    assert_one_sentence(
        command("person", "hold", "bo@region.example", "no_such_post", data_dir=data), "There is no post no_such_post"
    )


def test_a_house_begun_without_a_pilot_gets_one_later(tmp_path):
    data = tmp_path / "data"
    assert command("init", "anna@region.example", "Anna Admin", data_dir=data).returncode == 0
    assert "The pilot is loaded" in command("load", data_dir=data).stdout
    assert_one_sentence(command("load", data_dir=data), "already holds a pilot")
