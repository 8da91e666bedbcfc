"""The laws of the five notices, and facts written the way that worked examples write them."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING, Any

import pytest

from api.law import packs
from domain.calendar import Calendar
from domain.policy.examples.facts import facts_from

if TYPE_CHECKING:
    from domain.policy.facts import Facts
    from domain.policy.law import Law


def told(**given: Any) -> Facts:  # noqa: ANN401 -- whatever an example may say
    """Facts from the keys of a worked example."""
    return facts_from(given)


def beijing(moment: str) -> datetime:
    """An instant of Beijing time from ``2024-05-31 23:59:59``."""
    return datetime.fromisoformat(f"{moment}+08:00")


@pytest.fixture(scope="session")
def yiyang() -> Law:
    return packs.load("yiyang-2024")


@pytest.fixture(scope="session")
def huzhou() -> Law:
    return packs.load("huzhou-2024")


@pytest.fixture(scope="session")
def yueyang() -> Law:
    return packs.load("yueyang-2024")


@pytest.fixture(scope="session")
def luohe() -> Law:
    return packs.load("luohe-2020")


@pytest.fixture(scope="session")
def xunwu() -> Law:
    return packs.load("xunwu-2024")


@pytest.fixture(scope="session")
def calendar() -> Calendar:
    return Calendar()
