"""The settings: every wrong value is named, all at once, and the README lists them all."""

import re
from pathlib import Path

import pytest

from ccc_pilot import config
from tests.support.server import ROOT, command

WRONG = {
    "DATABASE_URL": "mysql://db/ccc",
    "SECRET_KEY": "short",
    "BASE_URL": "the-pilot",
    "SMTP_URL": "http://mail",
    "LOCALE": "no",
    "TIMEZONE": "Europe/Norrköping",
    "TRUSTED_PROXIES": "-1",
    "MFA": "perhaps",
    "DEMO": "maybe",
    "DEMO_ANYWHERE": "2",
    "PORT": "70000",
    "WORKERS": "0",
    "SESSION_IDLE_MINUTES": "0",
    "SESSION_HOURS": "ten",
    "MAX_UPLOAD_MB": "0",
}


def faults_of(**environ: str) -> list[str]:
    """Return the faults found in an environment of these settings (names without prefix)."""
    try:
        config.from_environment({config.PREFIX + name: value for name, value in environ.items()})
    except config.WrongSettings as wrong:
        return wrong.faults
    return []


@pytest.mark.parametrize("name", WRONG)
def test_a_wrong_value_is_named(name):
    (fault,) = faults_of(**{name: WRONG[name]})
    assert config.PREFIX + name in fault


def test_all_wrong_values_are_named_at_once():
    faults = faults_of(**WRONG)
    assert [name for name in WRONG if not any(config.PREFIX + name in fault for fault in faults)] == []


def test_a_name_that_is_no_setting_is_refused():
    assert faults_of(DATABSE_URL="sqlite:///x") == ["CCC_PILOT_DATABSE_URL is not a setting"]


def test_nothing_set_gives_an_installation_on_this_computer():
    settings = config.from_environment({})
    assert settings.base_url == "http://127.0.0.1:8000"
    assert settings.data_dir == Path("instance")
    assert settings.timezone == "Europe/Stockholm"
    assert settings.sqlite_file == Path("instance/ccc_pilot.sqlite").resolve()
    assert not settings.demo


def test_port_alone_moves_the_address_too():
    settings = config.from_environment({"PORT": "8123"})
    assert (settings.port, settings.base_url) == (8123, "http://127.0.0.1:8123")


def test_the_own_name_of_the_port_wins_over_the_common_one():
    assert config.from_environment({"PORT": "8123", "CCC_PILOT_PORT": "8124"}).port == 8124


def test_a_postgres_address_gets_the_driver_that_is_installed():
    assert config.Settings(database_url="postgres://db/ccc").sqlalchemy_url == "postgresql+psycopg://db/ccc"


def test_the_demo_refuses_an_address_that_is_not_local():
    (fault,) = faults_of(DEMO="1", BASE_URL="http://ccc.example")
    assert "DEMO is for this computer only" in fault
    assert faults_of(DEMO="1", BASE_URL="http://ccc.example", DEMO_ANYWHERE="1") == []
    assert faults_of(DEMO="1", BASE_URL="http://localhost:8000") == []


def test_a_secret_key_is_made_once_and_kept_from_others(tmp_path):
    settings = config.Settings(data_dir=tmp_path / "data")
    first = config.secret_key(settings)
    assert len(first) >= 32
    assert config.secret_key(settings) == first
    assert (tmp_path / "data" / "secret_key").stat().st_mode & 0o077 == 0
    assert (tmp_path / "data").stat().st_mode & 0o077 == 0
    assert [file.name for file in (tmp_path / "data").iterdir()] == ["secret_key"]


def test_a_kept_secret_key_that_was_cut_off_is_not_used(tmp_path):
    (tmp_path / "secret_key").write_text("a" * 31)
    with pytest.raises(config.WrongSettings):
        config.secret_key(config.Settings(data_dir=tmp_path))


def test_https_is_answered_by_a_proxy_which_the_settings_must_tell_of():
    (fault,) = faults_of(BASE_URL="https://ccc.example")
    assert "TRUSTED_PROXIES=1" in fault
    assert faults_of(BASE_URL="https://ccc.example", TRUSTED_PROXIES="1") == []


def test_the_command_prints_every_fault_and_ends_with_code_2(tmp_path):
    done = command("serve", data_dir=tmp_path / "data", locale="no", port="x", demoo="1")
    assert done.returncode == 2
    for name in ("LOCALE", "PORT", "DEMOO"):
        assert f"CCC_PILOT_{name}" in done.stderr
    assert "Traceback" not in done.stderr


def test_the_readme_lists_every_setting_and_no_other():
    listed = set(re.findall(r"CCC_PILOT_[A-Z_]+[A-Z]", (ROOT / "README.md").read_text(encoding="utf-8")))
    assert listed == {config.PREFIX + field.name.upper() for field in config.FIELDS}
