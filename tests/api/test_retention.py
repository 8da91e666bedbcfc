"""How long records are kept: a bureau sets it in a pack of its own, and erasure waits for it."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING

import pytest

from api.clock import SettableClock
from api.http.masking import ERASED
from domain.beijing import BEIJING
from tests.api.filings import done, filed
from tests.api.world import World

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from contextlib import AbstractContextManager
    from pathlib import Path

    from api.services import Services
    from tests.api.actor import Actor
    from tests.api.client import Answer

FIVE_YEARS = """
[pack]
id = "county-retention"
version = 1
title = "某县职称申报材料保存期限（虚构）"
issuer = "某县人社局"
province = "江西省"
jurisdiction = "江西省/赣州市/寻乌县"
extends = "xunwu-2024"

[rules]
CR-01 = { clause = "一", quote = "未取得职称的申报材料保存5年。", own_words = true }

[retention]
years = 5
rule = "CR-01"
"""
DECISION = {"decision": "某人社删〔2029〕1号"}


@pytest.fixture(scope="module")
def county(
    running: Callable[..., AbstractContextManager[tuple[str, Services]]],
    tmp_path_factory: pytest.TempPathFactory,
) -> Iterator[World]:
    """A county whose bureau has said that what came to nothing is kept for five years."""
    overlay: Path = tmp_path_factory.mktemp("packs") / "county-retention.toml"
    overlay.write_text(FIVE_YEARS, encoding="utf-8")
    clock = SettableClock(datetime(2024, 10, 15, 9, tzinfo=BEIJING))
    with running(clock, overlay) as (address, services):
        yield World(address, services, clock)


@pytest.fixture(scope="module")
def leaver(county: World) -> Actor:
    """Somebody whose case ended on 15 October 2024 without a title."""
    applicant = county.applicant(county.school, "某撤回者")
    path = filed(applicant, county.school)
    done(applicant.change(path, "/withdrawals", {"reason": "调离"}))
    return applicant


def asked(county: World, leaver: Actor) -> str:
    """The path of the erasure that they ask for."""
    body = {
        "person": leaver.person,
        "purposes": ["applicant", "discipline", "official"],
        "organisation": county.bureau.organisation,
        "basis": "个人信息保护法第四十七条",
        "reason": "本人申请",
    }
    return f"/v1/erasures/{done(leaver.post('/v1/erasures', body)).body['stream']}"


def approve(county: World, path: str) -> Answer:
    """The bureau's first officer approves, as far as nothing stands in the way."""
    return county.bureau.integrity_handler.change(path, "/approvals", {"grounds": "期限届满"})


def test_erasure_waits_for_the_last_day_and_is_then_carried_out(
    county: World, leaver: Actor
) -> None:
    path = asked(county, leaver)
    early = approve(county, path)
    assert (early.status, early.code) == (409, "RETENTION_RUNS")
    assert "2029-10-15" in early.body["detail"]
    county.at("2029-10-15 23:59:59")
    assert approve(county, path).code == "RETENTION_RUNS"
    county.at("2029-10-16 00:00:00")
    done(approve(county, path))
    done(county.bureau.integrity_leader.change(path, "/orders", DECISION))
    seen = done(county.school.administrator.get(f"/v1/persons/{leaver.person}")).body
    assert seen["name"] == ERASED


def test_the_term_of_the_bureau_is_shown_with_its_words(county: World) -> None:
    pack = done(county.bureau.handler.get("/v1/policy-packs/xunwu-2024")).body
    assert (pack["retention"]["years"], pack["retention"]["rules"]) == (5, ["CR-01"])
    assert "CR-01" in {each["id"] for each in pack["rules"]}
