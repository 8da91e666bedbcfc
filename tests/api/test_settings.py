"""Settings: read once, checked, and written down in one table."""

from __future__ import annotations

import ast
from dataclasses import fields
from pathlib import Path

import pytest

from api.settings import SettingRefusedError, Settings, read_settings, settings_table

ROOT = Path(__file__).parents[2]


def test_without_an_environment_every_setting_has_its_default() -> None:
    assert read_settings({}) == read_settings({"MINGJIAN_PORT": ""}) == Settings()


def test_what_the_environment_states_is_read_as_its_type() -> None:
    settings = read_settings(
        {"MINGJIAN_PORT": "9", "MINGJIAN_KEYS": "/k", "DATABASE_URL": "postgresql://a@b/c"}
    )
    assert settings.port == 9
    assert settings.key_directory == Path("/k")
    assert settings.database_url == "postgresql://a@b/c"


@pytest.mark.parametrize(
    ("variable", "value"),
    [
        ("MINGJIAN_PORT", "http"),
        ("MINGJIAN_PORT", "-1"),
        ("MINGJIAN_WORKERS", "0"),
        ("MINGJIAN_RECORD", "Main"),
        ("MINGJIAN_RECORD", 'x"; DROP'),
        ("MINGJIAN_LOG_LEVEL", "loud"),
    ],
)
def test_what_a_setting_does_not_allow_is_refused_by_name(variable: str, value: str) -> None:
    with pytest.raises(SettingRefusedError, match=variable):
        read_settings({variable: value})


def test_the_table_has_a_line_for_every_setting() -> None:
    assert len(settings_table().splitlines()) == len(fields(Settings)) + 2


def test_the_table_shows_defaults_that_the_program_takes() -> None:
    rows = [line.strip("| ").split(" | ") for line in settings_table().splitlines()[2:]]
    stated = {
        variable.strip("`"): default.strip("`")
        for variable, default, _ in rows
        if default.startswith("`")
    }
    assert len(stated) > 10
    assert read_settings(stated) == Settings()


def test_nothing_else_reads_the_environment_by_name() -> None:
    """Other modules may hand the environment on, whole."""
    for floor in ("api", "audit", "domain", "projections"):
        for path in (ROOT / floor).rglob("*.py"):
            for node in ast.walk(ast.parse(path.read_text("utf-8"))):
                assert not (isinstance(node, ast.Attribute) and node.attr == "getenv"), path
