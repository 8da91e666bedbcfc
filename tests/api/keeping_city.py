"""A city that says, by a law of its own over the notice, for how long it keeps what it was told."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING

import pytest

from api.clock import SettableClock
from domain.beijing import BEIJING
from tests.api.provinces import PublishingCity

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from contextlib import AbstractContextManager

    from api.services import Services

RETENTION = """
[pack]
id = "city-retention"
version = 1
title = "异议材料保存期限（虚构）"
issuer = "某市人社局"
province = "浙江省"
jurisdiction = "浙江省/湖州市"
extends = "huzhou-2024"

[rules]
CR-01 = { clause = "一", quote = "保存一年。", own_words = true }

[retention]
years = 1
rule = "CR-01"
"""


@pytest.fixture(scope="module")
def keeping_city(
    running: Callable[..., AbstractContextManager[tuple[str, Services]]],
    tmp_path_factory: pytest.TempPathFactory,
) -> Iterator[PublishingCity]:
    """A city that says for how long it keeps what was handed in: a year."""
    overlay = tmp_path_factory.mktemp("law") / "retention.toml"
    overlay.write_text(RETENTION, encoding="utf-8")
    clock = SettableClock(datetime(2024, 9, 25, 9, tzinfo=BEIJING))
    with running(clock, overlay) as (address, services):
        yield PublishingCity(address, services, clock)
