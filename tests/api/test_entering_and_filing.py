"""An integrity record entered and a filing made at the same moment: one of them was first."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from typing import TYPE_CHECKING

import psycopg
import pytest

from api.app import open_services
from api.serving.running import listening
from tests.api.applications import application
from tests.api.filings import DECLARED, done

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tests.api.actor import Actor
    from tests.api.client import Answer
    from tests.api.provinces import Province

_HOLD_THE_APPENDS = "SELECT pg_advisory_xact_lock('event'::regclass::oid::bigint)"
_WAITING = """
SELECT count(*) FROM pg_locks WHERE locktype = 'advisory' AND NOT granted
AND database = (SELECT oid FROM pg_database WHERE datname = current_database())
"""


@pytest.fixture
def cheat(province: Province) -> Actor:
    """Who has a title, and a draft in the other city."""
    return province.applicant(province.enterprise, "某造假者")


def about_to_be_found(province: Province, cheat: Actor, path: str) -> str:
    """An investigation that lacks nothing but its leader's finding."""
    officer = province.bureau.integrity_handler
    opened = done(officer.change(path, "/investigations", {"suspicion": "学位证书疑似伪造"}))
    investigation = f"/v1/investigations/{opened.body['stream']}"
    told = {"allegation": "所交学位证书查无此证"}
    done(officer.change(investigation, "/allegations", told))
    done(cheat.change(investigation, "/statements", {"statement": "无话可说"}))
    proposal = {"ground": "弄虚作假", "evidence": ["查无此证"], "finding": "证书系伪造"}
    done(officer.change(investigation, "/proposals", proposal))
    return investigation


def waiting(connection: psycopg.Connection) -> int:
    """How many appends wait for their turn."""
    row = connection.execute(_WAITING).fetchone()
    assert row is not None
    return int(row[0])


@pytest.fixture(scope="module")
def elsewhere(province: Province) -> Iterator[str]:
    """The address of a second process over the same record; appends join only within one."""
    known = province.services
    second = open_services(known.settings, known.ground, province.clock)
    with listening(application(second)) as address:
        yield address
    second.close()


@pytest.mark.parametrize("first", ["entry", "filing"])
def test_a_filing_is_never_accepted_after_the_record_was_entered(
    province: Province, cheat: Actor, elsewhere: str, first: str
) -> None:
    case = province.granted(cheat)
    again, draft = province.moved(cheat)
    investigation = about_to_be_found(province, cheat, case)
    leader, settings = province.bureau.integrity_leader, province.services.settings
    seen, known = done(again.get(draft)), done(leader.get(investigation)).body
    filer = replace(again.client, address=elsewhere)
    finding = {"decision": f"益人社处〔2024〕{len(first)}号", "finding": "撤销职称"}

    def enter() -> Answer:
        return leader.post(f"{investigation}/findings", finding, version=known["version"])

    def submit() -> Answer:
        etag = seen.headers["ETag"]
        return filer.post(f"{draft}/submissions", DECLARED, If_Match=etag, Idempotency_Key=first)

    acts = (enter, submit) if first == "entry" else (submit, enter)
    with (
        psycopg.connect(settings.database_url or "", autocommit=True) as onlooker,
        psycopg.connect(settings.database_url or "") as holder,
        ThreadPoolExecutor(2) as both,
    ):
        holder.execute(f"SET search_path = {province.services.ground.schema}")
        holder.execute(_HOLD_THE_APPENDS)
        answers = []
        for count, act in enumerate(acts, start=1):
            answers.append(both.submit(act))
            while waiting(onlooker) < count:
                assert not answers[-1].done()
        holder.rollback()
        entered, filed = (
            each.result() for each in (answers if first == "entry" else answers[::-1])
        )
    positions = [each["position"] for each in done(entered).body["events"]]
    if first == "entry":
        assert "INTEGRITY_BLOCK" in {each["code"] for each in filed.body["refusals"]}
    else:
        assert done(filed).body["position"] < positions[0]
