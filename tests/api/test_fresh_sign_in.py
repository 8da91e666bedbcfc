"""Who decides as a leader or second officer gives their secret anew; over HTTP."""

from __future__ import annotations

import re
from datetime import timedelta
from typing import TYPE_CHECKING, Any
from uuid import uuid4

import pytest

from api.acts.stage import TURN
from api.http.acting import ADDRESSES
from domain.separation import INTEGRITY_LEADER, LEADER, SEATS
from tests.api.accounts import PASSWORD
from tests.api.deliveries import delivery, trust
from tests.api.filings import WORD, done, filed, opine

if TYPE_CHECKING:
    from api.acts.guard import Row
    from tests.api.client import Answer, Client
    from tests.api.world import World

NUMBERED = {"decision": "某发〔2024〕1号", "reason": "理由"}
EXTENDED = {"bound": "employer", "until": "2024-12-31", "reason": "系统故障"}
REVIEWED = {"outcome": "upheld", "decision": "某发〔2024〕1号", "reason": "维持"}
ACCOUNT = "account-00000000-0000-7000-8000-000000000000"
TAKEN_OVER = {
    "stage": "department",
    "cause": "ORGANISATION_CLOSED",
    "reason": "单位撤并",
    "document": "某编〔2024〕1号",
}
SETTLED = {
    "disposition": None,
    "decision": "某发〔2024〕1号",
    "answer": "不成立",
    "summary": "不成立",
}
DECISIONS: dict[str, dict[str, Any]] = {
    "/v1/cases/<>/consents": {
        "step": "local_hr_verified",
        "given_by": "县人社局",
        "document": "某人社〔2024〕1号",
        "given_on": "2024-10-14",
    },
    "/v1/accession-approvals": {
        "accessions": [
            {"accession": "accession-00000000-0000-7000-8000-000000000000", "version": 1}
        ]
    },
    "/v1/accessions/<>/declinations": {"reason": "不属实"},
    "/v1/accessions/<>/erasure-orders": {"decision": "某发〔2024〕1号"},
    "/v1/accounts": {
        "name": "某人",
        "document": {"kind": "passport", "number": "E12345678"},
        "organisation": None,
        "roles": ["applicant"],
        "login": "somebody",
    },
    "/v1/accounts/<>/assisted-cases": {
        "pack": "xunwu-2024",
        "series": "社会科学",
        "specialty": "教育学",
        "level": "assistant",
        "form": "material-0.0",
        "signed_on": "2024-10-10",
    },
    "/v1/accounts/<>/attestations": {"shown": "passport"},
    "/v1/accounts/<>/binding-releases": {"reason": "停用"},
    "/v1/accounts/<>/bindings": {"subject": "某主体"},
    "/v1/accounts/<>/codes": {"reason": "遗失"},
    "/v1/accounts/<>/disablings": {"reason": "离职"},
    "/v1/archive-exports": {},
    "/v1/archive-imports": delivery(),
    "/v1/binding-corrections/<>/confirmations": {},
    "/v1/cases/<>/certificates/current/voidings": {"ground": "lost", "explanation": "遗失"},
    "/v1/cases/<>/leader-decisions": {"decision": "approve", **WORD},
    "/v1/cases/<>/materials/<>/purges": {},
    "/v1/cases/<>/materials/<>/releases": {},
    "/v1/cases/<>/recusal-applications/<>/decisions": {"granted": True, "reason": "属实"},
    "/v1/cases/<>/reexaminations/current/decisions": REVIEWED,
    "/v1/cases/<>/rescissions/current/confirmations": {},
    "/v1/cases/<>/amendments/confirmations": {"entry": 1},
    "/v1/cases/<>/substitutes": {
        "stage": "department",
        "seat": "leader",
        "account": ACCOUNT,
        "reason": "回避",
    },
    "/v1/cases/<>/takeovers": TAKEN_OVER,
    "/v1/cases/<>/window-extensions": EXTENDED,
    "/v1/complaints/<>/erasure-orders": {"decision": "某发〔2024〕1号"},
    "/v1/criticisms/<>/drops": NUMBERED,
    "/v1/criticisms/<>/issues": {"decision": "某发〔2024〕1号", "text": "通报"},
    "/v1/erasures/<>/approvals": {"grounds": "符合条件"},
    "/v1/erasures/<>/orders": {"decision": "某发〔2024〕1号"},
    "/v1/erasures/<>/refusals": NUMBERED,
    "/v1/intakes": {},
    "/v1/investigations/<>/closures": NUMBERED,
    "/v1/investigations/<>/extensions": {"reason": "须向外省核实"},
    "/v1/investigations/<>/findings": {"decision": "某发〔2024〕1号", "finding": "伪造"},
    "/v1/claims": {"login": "somebody", "password": "不知道"},
    "/v1/investigations/<>/review-decisions": REVIEWED,
    "/v1/investigations/<>/takeovers": {"cause": "POWER_ENDED", "document": "某发〔2024〕1号"},
    "/v1/editions/<>/decisions": {"confirm": True, "digest": "0" * 64},
    "/v1/mandates/<>/decisions": {"approved": True},
    "/v1/complaints/<>/takeovers": {"cause": "POWER_ENDED", "document": "某发〔2024〕1号"},
    "/v1/objections/<>/settlements": SETTLED,
    "/v1/organisations/<>/appointments": {"seat": "leader", "account": ACCOUNT},
    "/v1/organisations/<>/appointments/<>/closures": {"reason": "调离"},
    "/v1/organisations/<>/grants/<>/decisions": {"grant": True},
    "/v1/organisations/<>/grants/<>/withdrawals/current/confirmations": {},
    "/v1/organisations/<>/decisions/<>/corrections": {
        "number": "某人社〔2024〕1号",
        "published_on": "2024-10-15",
        "reason": "笔误",
    },
    "/v1/organisations/<>/vacancy-forms/<>/opinions": {"seal": "hr", "in_favour": True},
    "/v1/organisations/<>/window-extensions/<>/decisions": {"grant": True},
    "/v1/person-links/<>/confirmations": {},
    "/v1/moves/<>/acceptances": {},
    "/v1/moves/<>/releases": {"ended_on": "2024-10-01"},
    "/v1/person-renamings/<>/confirmations": {},
    "/v1/persons/<>/achievements/<>/reviews": {"in_favour": True},
    "/v1/persons/<>/titles/<>/confirmations": {},
    "/v1/person-links/<>/severances/confirmations": {},
}
"""Every act that asks whoever does it for a fresh sign-in, with something to send there."""
LIST = "/v1/intakes"
"""Where what is sent is a file."""


OF_ONE_PERSON = {
    "/v1/persons/<>/achievements",
    "/v1/persons/<>/achievements/<>/withdrawals",
    "/v1/accessions/<>/returns",
    "/v1/consultations/<>/releases",
    "/v1/mandates/<>/documents",
    "/v1/cases/<>/applications",
    "/v1/cases/<>/assessments",
    "/v1/cases/<>/assistance-endings",
    "/v1/cases/<>/materials",
    "/v1/cases/<>/materials/<>/withdrawals",
    "/v1/cases/<>/recusal-applications",
    "/v1/cases/<>/recusals",
    "/v1/cases/<>/reexaminations",
    "/v1/cases/<>/resubmissions",
    "/v1/cases/<>/submissions",
    "/v1/cases/<>/withdrawals",
    "/v1/criticisms/<>/statements",
    "/v1/investigations/<>/review-requests",
    "/v1/investigations/<>/statements",
    "/v1/moves/<>/withdrawals",
    "/v1/organisations/<>/closures",
    "/v1/organisations/<>/credit-code-corrections",
    "/v1/organisations/<>/descriptions",
    "/v1/organisations/<>/mergers",
    "/v1/organisations/<>/placings",
    "/v1/organisations/<>/renamings",
    "/v1/person-links/<>/severances",
    "/v1/persons/<>/holds",
    "/v1/persons/<>/holds/<>/liftings",
}
"""What is done in no seat, begins nothing of its own, and asks for no fresh sign-in."""


_PART = re.compile(r"<(?:(\w+)_id|\w+)>")
_LEADING = {LEADER, INTEGRITY_LEADER}
_SECOND = ("approvals", "confirmations", "decisions", "orders", "refusals")
"""How the API names what one person does with what another has begun."""
_GIVING = ("appointments", "substitutes")
"""Whoever gives somebody a seat, or the means to look, decides alone, and vouches for it."""


def said(path: str) -> str:
    """An address as ``DECISIONS`` writes it."""
    return _PART.sub("<>", path)


def last(path: str) -> str:
    return path.rpartition("/")[2]


def test_every_act_of_a_leader_or_a_second_person_and_every_giving_of_a_seat_asks_for_it() -> None:
    for row, path in ADDRESSES.items():
        leads = set(row.seats) and set(row.seats) <= _LEADING
        second = row.begins is None and last(path) in _SECOND
        gives = last(path) in _GIVING or "/appointments/" in path
        if leads or second or gives:
            assert row.asks_for_fresh_sign_in(), path
        if row.about is TURN and not row.seats:
            seats = {seat for seat in SEATS if row.asks_for_fresh_sign_in(seat)}
            assert seats == {LEADER}, path


def test_of_the_others_each_is_begun_by_one_person_or_is_about_oneself() -> None:
    """A new act is named here, or asks for a fresh sign-in."""
    others = {
        said(path)
        for row, path in ADDRESSES.items()
        if row.fresh is False and row.begins is None and not row.seats
    }
    assert others == OF_ONE_PERSON


@pytest.fixture
def tired(world: World) -> Client:
    """The integrity leader, who signed in a while ago."""
    trust(world)
    client = world.bureau.integrity_leader.sign_in()
    grow_tired(world)
    return client


def grow_tired(world: World) -> None:
    """Let so much time go by that no sign-in is fresh any more; all go on."""
    settings = world.services.settings
    later = timedelta(seconds=settings.fresh_seconds + 1)
    assert later.total_seconds() < settings.access_seconds
    world.clock.set(world.clock.now() + later)


@pytest.fixture
def erasure(world: World) -> str:
    """Somebody has asked that their words be erased: of that it is looked up first whose it is."""
    leaver = world.applicant(world.school)
    body = {
        "person": leaver.person,
        "purposes": ["applicant"],
        "organisation": world.bureau.organisation,
        "basis": "个人信息保护法第四十七条",
        "reason": "不再申报",
    }
    return str(done(leaver.post("/v1/erasures", body)).body["stream"])


def asked(client: Client, row: Row[Any, Any], erasure: str) -> Answer:
    """Whoever it is tries the act: of an erasure that there is, else on something that is not."""

    def id_of(part: re.Match[str]) -> str:
        nothing = f"{part[1] or 'part'}-00000000-0000-7000-8000-000000000000"
        return erasure if part[1] == "erasure" else nothing

    path = ADDRESSES[row]
    version = {"If_Match": '"v999999"'} if row.changes else {}
    body, key = DECISIONS[said(path)], uuid4().hex
    if path == LIST:
        house = "organisation-00000000-0000-7000-8000-000000000000"
        return client.act(f"{path}?organisation={house}", b"", media_type="text/csv")
    return client.post(_PART.sub(id_of, path), body, Idempotency_Key=key, **version)


def test_a_decision_asks_for_a_fresh_sign_in(erasure: str, tired: Client) -> None:
    deciding = [row for row in ADDRESSES if row.fresh is True]
    assert {said(ADDRESSES[row]) for row in deciding} == {*DECISIONS}
    for row in deciding:
        answer = asked(tired, row, erasure)
        assert (answer.status, answer.code) == (403, "FRESH_SIGN_IN_REQUIRED"), ADDRESSES[row]
    done(tired.post("/v1/sessions/current/confirmations", {"password": PASSWORD}))
    for row in deciding:
        assert "FRESH_SIGN_IN_REQUIRED" not in str(asked(tired, row, erasure).body), ADDRESSES[row]


def test_many_decisions_at_once_ask_for_it_together(tired: Client) -> None:
    case = {"case": "case-00000000-0000-7000-8000-000000000000", "version": 1}
    body = {"cases": [case, case], "decision": "approve", **WORD}
    answer = tired.post("/v1/bulk-decisions", body, Idempotency_Key=uuid4().hex)
    assert (answer.status, answer.code) == (403, "FRESH_SIGN_IN_REQUIRED")


def test_a_leader_who_returns_a_case_is_asked_and_a_handler_is_not(world: World) -> None:
    def returned(client: Client, case: str) -> Answer:
        problem = {"subject": "application", "problem": "未写工作年限", "rules": ["XW-01"]}
        body = {"items": [problem], "no_reason_to_recuse": True}
        seen = done(client.get(case)).headers["ETag"]
        return client.post(f"{case}/returns", body, Idempotency_Key=uuid4().hex, If_Match=seen)

    first, second = (filed(world.applicant(world.school), world.school) for _ in range(2))
    done(opine(world.school.handler, second))
    handler, leader = world.school.handler.sign_in(), world.school.leader.sign_in()
    grow_tired(world)
    done(returned(handler, first))
    assert returned(leader, second).code == "FRESH_SIGN_IN_REQUIRED"
    done(leader.post("/v1/sessions/current/confirmations", {"password": PASSWORD}))
    done(returned(leader, second))
