"""A pack that is amended: what was filed before goes on under its edition, what comes later not."""

from __future__ import annotations

from contextlib import contextmanager
from dataclasses import replace
from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Any

import pytest

from api.app import open_services
from api.clock import SettableClock
from api.serving.running import listening
from domain.beijing import BEIJING
from domain.separation import HANDLER
from projections.queue_rows import queue
from tests.api.applications import application
from tests.api.filings import done, draft, file, filed, opine, passed
from tests.api.world import World

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from contextlib import AbstractContextManager
    from pathlib import Path

    from api.services import Services
    from tests.api.actor import Actor
    from tests.api.client import Answer
    from tests.api.society import Society

FEE = """
[pack]
id = "county-fee"
version = {version}
title = "某县考核认定收费（虚构）"
issuer = "某县人社局"
province = "江西省"
jurisdiction = "江西省/赣州市/寻乌县"
extends = "xunwu-2024"

[rules]
CF-01 = {{ clause = "一", quote = "考核认定每人收费{yuan}元。", own_words = true }}

[[fees]]
id = "recognition"
fen = {yuan}00
channel = "ONLINE"
zh = "网上缴纳"
en = "paid online"
rule = "CF-01"
"""


@pytest.fixture(scope="module")
def overlay(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The county's own pack, in its first edition."""
    path: Path = tmp_path_factory.mktemp("packs") / "county-fee.toml"
    path.write_text(FEE.format(version=1, yuan=80), encoding="utf-8")
    return path


@pytest.fixture(scope="module")
def county(
    running: Callable[..., AbstractContextManager[tuple[str, Services]]], overlay: Path
) -> Iterator[World]:
    """A county under the first edition."""
    clock = SettableClock(datetime(2024, 10, 15, 9, tzinfo=BEIJING))
    with running(clock, overlay) as (address, services):
        yield World(address, services, clock)


STAGE = """
[[stages]]
id = "employer"
zh = "用人单位审查"
en = "review by the employer"
body = "employer"
stands_in = "hr_agency"
ageing_days = 3
rule = "CF-01"
"""


@contextmanager
def restarted(county: World, overlay: Path, more: str = "") -> Iterator[Services]:
    """The same record, served by a process that started under the second edition."""
    amended = overlay.with_name(f"{overlay.stem}-2.toml")
    amended.write_text(FEE.format(version=2, yuan=120) + more, encoding="utf-8")
    with restarted_under(county, amended) as services:
        yield services


@contextmanager
def restarted_under(society: Society, overlay: Path) -> Iterator[Services]:
    """The same record, served by a process that started under another overlay."""
    settings = replace(society.services.settings, overlays=(overlay,))
    services = open_services(settings, society.services.ground, society.clock)
    before = society.address
    with listening(application(services)) as address:
        society.address = address
        for each in society.people():
            each.forget()
        yield services
    society.address = before
    for each in society.people():
        each.forget()
    services.close()


def fee(by: Actor, path: str) -> int:
    """What a case costs, in fen."""
    return int(done(by.get(f"{path}/duties")).body["fee"]["fen"])


def test_a_case_keeps_the_edition_under_which_it_was_filed(county: World, overlay: Path) -> None:
    early, late = county.applicant(county.school), county.applicant(county.school)
    filed_before = filed(early, county.school)
    drafted_before = draft(late, county.school)
    assert fee(early, filed_before) == 8000
    with restarted(county, overlay) as services:
        for each in (early, late):
            each.forget()
        assert fee(early, filed_before) == 8000
        done(file(late, drafted_before))
        assert fee(late, drafted_before) == 12000
        editions = {
            path: done(by.get(f"{path}/history")).body["events"][-1]["fields"]["law"]["digest"]
            for by, path in ((early, filed_before), (late, drafted_before))
        }
        assert editions[drafted_before] == services.office.laws.law("xunwu-2024").digest
        assert editions[filed_before] != editions[drafted_before]


def report(by: Actor, path: str) -> dict[str, Any]:
    """What the ageing report says of a case."""
    last = done(by.get(f"{path}/history")).body["events"][-1]["position"]
    rows = done(by.get(f"/v1/ageing-report?limit=200&wait_for={last}")).body["cases"]
    return next(dict(each) for each in rows if path.endswith(each["case"]))


def test_the_ageing_report_goes_by_the_edition_of_the_filing(county: World, overlay: Path) -> None:
    early, late = county.applicant(county.school), county.applicant(county.school)
    filed_before, drafted_before = filed(early, county.school), draft(late, county.school)
    with restarted(county, overlay.with_name("with-a-stage.toml"), STAGE):
        late.forget()
        done(file(late, drafted_before))
        days = [
            report(county.school.handler, path)["ageing_days"]
            for path in (filed_before, drafted_before)
        ]
    assert days == [15, 3]


def test_the_ageing_report_says_where_no_law_that_is_kept_knows_the_stage(county: World) -> None:
    path = filed(county.applicant(county.school), county.school)
    assert report(county.school.handler, path)["ageing_days"] == 15
    with county.services.views.connection() as connection:
        connection.execute(
            f"""UPDATE {queue.stored} SET stage = 'former' WHERE "case" = %s""",  # noqa: S608
            (path.rpartition("/")[2],),
        )
    row = report(county.school.handler, path)
    assert (row["ageing_days"], row["aged"]) == (None, False)


def codes(answer: Answer) -> list[str]:
    """Why an act was refused."""
    return [each["code"] for each in answer.body["refusals"]]


STRICT = (
    FEE.format(version=1, yuan=80).replace("county-fee", "county-strict")
    + """
[separation]
different_persons = true
self_review = false
handler_first = true
substitutes = false
other_level = "refuse"
rule = "CF-01"

[accounts]
change_initial_secret = true
real_name = true
stale_after_days = 5
rule = "CF-01"
"""
)


def test_what_an_overlay_says_of_persons_and_accounts_is_obeyed(
    county: World, tmp_path: Path
) -> None:
    strict = tmp_path / "county-strict.toml"
    strict.write_text(STRICT, encoding="utf-8")
    school, department = county.school, county.department
    clerk = school.handler
    again = county.official(department, clerk.name, HANDLER, clerk.number)
    watcher = county.inspector
    done(county.appoint(department, HANDLER, again))
    loose = filed(county.applicant(school), school)
    passed(loose, school)
    done(opine(again, loose))
    with restarted_under(county, strict):
        path = filed(county.applicant(school), school)
        body = {"stage": "employer", "seat": HANDLER, "account": again.account, "reason": "出差"}
        refused = school.administrator.change(path, "/substitutes", body)
        assert "SUBSTITUTES_NOT_ALLOWED" in codes(refused)
        passed(path, school)
        assert codes(opine(again, path)) == ["ACTED_AT_OTHER_LEVEL"]
        done(opine(department.handler, path))
        done(department.leader.get(path))
        idle = "/v1/stale-appointments?limit=200"

        def listed() -> set[str]:
            shown = done(watcher.get(idle)).body["appointments"]
            return {row["account"] for row in shown if row["why"] == "idle"}

        county.clock.set(county.clock.now() + timedelta(days=6))
        county.catch_up()
        assert department.leader.account in listed()
    for each in (watcher, county.system):
        each.forget()
    county.catch_up()
    shown = done(watcher.get(idle)).body["appointments"]
    assert department.leader.account not in {row["account"] for row in shown}
