"""Who decides as a leader or second officer gives their secret anew; over HTTP."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING, Any
from uuid import uuid4

import pytest

from tests.api.accounts import PASSWORD
from tests.api.filings import WORD, done

if TYPE_CHECKING:
    from tests.api.client import Answer, Client
    from tests.api.world import World

CASE = "/v1/cases/case-00000000-0000-7000-8000-000000000000"
INVESTIGATION = "/v1/investigations/investigation-00000000-0000-7000-8000-000000000000"
CRITICISM = "/v1/criticisms/criticism-00000000-0000-7000-8000-000000000000"
ERASURE = "/v1/erasures/erasure-00000000-0000-7000-8000-000000000000"
LINK = "/v1/person-links/link-00000000-0000-7000-8000-000000000000"
CORRECTION = "/v1/binding-corrections/rebinding-00000000-0000-7000-8000-000000000000"
RENAMING = "/v1/person-renamings/renaming-00000000-0000-7000-8000-000000000000"
NUMBERED = {"decision": "某发〔2024〕1号", "reason": "理由"}
EXTENDED = {"bound": "employer", "until": "2024-12-31", "reason": "系统故障"}
REVIEWED = {"outcome": "upheld", "decision": "某发〔2024〕1号", "reason": "维持"}
DECISIONS: dict[str, dict[str, Any]] = {
    f"{CASE}/leader-decisions": {"decision": "approve", **WORD},
    f"{CASE}/recusal-applications/recusal-1/decisions": {"granted": True, "reason": "属实"},
    f"{CASE}/rescissions/current/confirmations": {},
    f"{CASE}/reexaminations/current/decisions": REVIEWED,
    f"{CASE}/window-extensions": EXTENDED,
    f"{CASE}/takeovers": {
        "stage": "department",
        "cause": "ORGANISATION_CLOSED",
        "reason": "单位撤并",
        "document": "某号",
    },
    f"{CASE}/materials/material-1/purges": {},
    f"{INVESTIGATION}/findings": {"decision": "某发〔2024〕1号", "finding": "伪造"},
    f"{INVESTIGATION}/extensions": {"reason": "须向外省核实"},
    f"{INVESTIGATION}/closures": NUMBERED,
    f"{INVESTIGATION}/review-decisions": REVIEWED,
    f"{CRITICISM}/issues": {"decision": "某发〔2024〕1号", "text": "通报"},
    f"{CRITICISM}/drops": NUMBERED,
    f"{ERASURE}/orders": {"decision": "某发〔2024〕1号"},
    f"{ERASURE}/refusals": NUMBERED,
    f"{LINK}/confirmations": {},
    f"{LINK}/severances/confirmations": {},
    f"{CORRECTION}/confirmations": {},
    f"{RENAMING}/confirmations": {},
    "/v1/bulk-decisions": {
        "cases": [{"case": CASE.removeprefix("/v1/cases/"), "version": 1}],
        "decision": "approve",
        **WORD,
    },
}


@pytest.fixture
def tired(world: World) -> Client:
    """The integrity leader, who signed in a while ago."""
    client = world.bureau.integrity_leader.sign_in()
    settings = world.services.settings
    later = timedelta(seconds=settings.fresh_seconds + 1)
    assert later.total_seconds() < settings.access_seconds
    world.clock.set(world.clock.now() + later)
    return client


def ask(client: Client, path: str) -> Answer:
    version = {} if path == "/v1/bulk-decisions" else {"If_Match": '"v999999"'}
    return client.post(path, DECISIONS[path], Idempotency_Key=uuid4().hex, **version)


def test_a_decision_asks_for_a_fresh_sign_in(tired: Client) -> None:
    for path in DECISIONS:
        answer = ask(tired, path)
        assert (answer.status, answer.code) == (403, "FRESH_SIGN_IN_REQUIRED"), path


def test_who_gives_the_password_again_decides(tired: Client) -> None:
    done(tired.post("/v1/sessions/current/confirmations", {"password": PASSWORD}))
    for path in DECISIONS:
        assert "FRESH_SIGN_IN_REQUIRED" not in str(ask(tired, path).body), path
