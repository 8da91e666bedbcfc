"""A server of several processes, as an operator runs it, takes law up as it is put in force."""

from __future__ import annotations

import os
import signal
from contextlib import closing
from typing import TYPE_CHECKING, cast

from api.app import open_services
from api.clock import SettableClock, SystemClock
from domain.beijing import day
from domain.separation import HANDLER, LEADER
from tests.api.filings import PACK, done
from tests.api.lawmaking import decide, overlay, propose, proposed, text_of
from tests.api.served import next_line, serving
from tests.api.society import Society
from tests.api.world import COUNTY

if TYPE_CHECKING:
    from pathlib import Path

    from api.database import Reached

NEWER = """
[[adjustments]]
id = "other-specialty"
years = 1
when = { judgement = "different" }
rule = "XW-08"
"""
"""What a program of an earlier language knows nothing of."""
_ASKED = 24
"""Requests of which, by the odds, every process answers some."""


def numbers(society: Society) -> set[int]:
    """Which editions of the county's pack the processes of the server go by."""
    packs = (society.system.get(f"/v1/policy-packs/{PACK}") for _ in range(_ASKED))
    return {done(each).body["number"] for each in packs}


def test_every_process_takes_it_up_and_none_forgets_it(record: Reached) -> None:
    clock = SystemClock()
    today = day(clock.now()).isoformat()
    with (
        closing(open_services(record.settings, record.ground)) as services,
        serving(record, MINGJIAN_WORKERS="4") as (_, client, workers),
    ):
        head = services.record.head()
        assert head == 0  # starting a server appends nothing
        county = Society(client.address, services, cast("SettableClock", clock), COUNTY)
        bureau = county.found("县人社局", county.system, bodies=["county_hr"])
        county.seat(bureau, HANDLER, LEADER)
        assert numbers(county) == {1}
        path = proposed(bureau.handler, text_of(version="2"), today)
        os.kill(workers[0], signal.SIGKILL)
        assert numbers(county) == {1}
        done(decide(bureau.leader, path))
        os.kill(workers[1], signal.SIGKILL)
        assert numbers(county) == {2}
        last = done(proposal := bureau.leader.get(path)).body
        assert (last["done"], last["pending"]) == ("put_in_force", None), proposal.body


def test_whoever_is_one_language_behind_goes_by_no_other_law_and_says_so(record: Reached) -> None:
    clock = SystemClock()
    today = day(clock.now()).isoformat()
    with (
        closing(open_services(record.settings, record.ground)) as services,
        serving(record) as (_, client, _),
        serving(record, "tests.api.earlier_language") as (_, behind, _),
    ):
        county = Society(client.address, services, cast("SettableClock", clock), COUNTY)
        bureau = county.found("县人社局", county.system, bodies=["county_hr"])
        county.seat(bureau, HANDLER, LEADER)
        broken = text_of(version="2").replace("closes =", "closed =")
        refused = [propose(bureau.handler, broken, today) for _ in range(_ASKED // 3)]
        assert {each.status for each in refused} == {409}
        assert len({str(each.body["refusals"]) for each in refused}) == 1  # by every process alike
        assert behind.get("/readyz").status == 200
        path = proposed(bureau.handler, text_of(version="2") + NEWER, today)
        done(decide(bureau.leader, path))
        assert numbers(county) == {2}
        told = behind.get("/readyz")
        assert (told.status, "adjustments" in told.body["checks"]["law"]) == (503, True)
        county.address = behind.address
        county.system.move()
        answers = [county.system.get(f"/v1/policy-packs/{PACK}") for _ in range(_ASKED)]
        assert {(each.status, each.code) for each in answers} == {(503, "LAW_UNREADABLE")}
        assert behind.get("/livez").status == 200


def test_a_file_that_no_longer_reads_stops_nobody(record: Reached, tmp_path: Path) -> None:
    file = tmp_path / "fee.toml"
    file.write_text(overlay("fee", PACK, COUNTY, 8000), encoding="utf-8")
    with serving(record, MINGJIAN_OVERLAYS=str(file)) as (process, client, _):
        assert process.stderr is not None
        file.write_text("[pack", encoding="utf-8")
        process.send_signal(signal.SIGHUP)
        while next_line(process.stderr)["event"] != "the law that is offered stays as it was":
            pass
        while not next_line(process.stderr)["event"].startswith("Booting worker"):
            pass
        assert client.get("/livez").status == 200
