"""Objections to what is public: handed in by anybody, screened, investigated, settled by others."""

from __future__ import annotations

from hashlib import sha256
from typing import TYPE_CHECKING

import pytest

from audit.whole import check_whole
from tests.api.client import Client
from tests.api.filings import acts_in, done
from tests.api.objections import (
    ANSWER,
    DECISION,
    FINDINGS,
    NAMED,
    STATEMENT,
    SUMMARY,
    Public,
    Raised,
    codes,
    followed,
    over,
    phase,
    settle,
)

if TYPE_CHECKING:
    from tests.api.actor import Actor
    from tests.api.provinces import PublishingCity

pytestmark = pytest.mark.usefixtures("the_public_may_speak_again")


def test_an_anonymous_objection_needs_something_concrete(
    publishing_city: PublishingCity, public: Public
) -> None:
    nobody = Client(publishing_city.address)
    vague = nobody.post(f"{public.posting}/objections", {"statement": "此人不行"})
    assert vague.code == "EVIDENCE_NEEDED"
    concrete = nobody.post(f"{public.posting}/objections", {"statement": STATEMENT})
    assert concrete.status == 201


def test_an_objection_blocks_before_it_is_screened(
    publishing_city: PublishingCity, public: Public, raised: Raised
) -> None:
    assert followed(publishing_city, raised) == {
        "kind": "objection",
        "standing": "received",
        "files": 0,
        "answer": None,
    }
    assert "OPEN_OBJECTION" in codes(over(publishing_city, public.path))
    topics = {
        each["topic"]
        for each in done(publishing_city.enterprise.handler.get(f"{public.path}/history")).body[
            "events"
        ]
    }
    assert not any("objection" in each for each in topics)


def test_an_objection_is_to_be_screened_within_one_working_day(
    publishing_city: PublishingCity, raised: Raised
) -> None:
    officer = publishing_city.bureau.integrity_handler
    rows = done(officer.get(f"/v1/objections?{publishing_city.everything()}")).body["objections"]
    (row,) = (each for each in rows if each["stream"] in raised.path)
    assert (row["screen_by"], row["overdue"]) == ("2024-09-26", False)


def test_one_that_is_not_admitted_needs_a_reason_and_blocks_no_longer(
    publishing_city: PublishingCity, public: Public, raised: Raised
) -> None:
    duty_officer = publishing_city.bureau.seated["duty_officer"]
    reason = "所述内容与本次申报无关"
    refusing = {"admitted": False, "reason": reason}
    done(duty_officer.change(raised.path, "/screenings", refusing))
    assert followed(publishing_city, raised)["answer"] == reason
    assert codes(over(publishing_city, public.path)) == {"PUBLICITY_TOO_SHORT"}
    again = duty_officer.change(raised.path, "/screenings", {"admitted": True})
    assert again.code == "ALREADY_SETTLED"


def test_a_dismissed_objection_lets_the_case_go_on(
    publishing_city: PublishingCity, public: Public, investigated: Raised
) -> None:
    assert "OPEN_OBJECTION" in codes(over(publishing_city, public.path))
    done(settle(publishing_city, investigated, None))
    assert followed(publishing_city, investigated) == {
        "kind": "objection",
        "standing": "dismissed",
        "files": 0,
        "answer": ANSWER,
    }
    assert codes(over(publishing_city, public.path)) == {"PUBLICITY_TOO_SHORT"}


@pytest.mark.parametrize(
    ("disposition", "becomes"),
    [("return", "returned"), ("reject", "rejected"), ("investigate", "suspended")],
)
def test_an_upheld_objection_returns_rejects_or_holds_the_case(
    publishing_city: PublishingCity,
    public: Public,
    investigated: Raised,
    disposition: str,
    becomes: str,
) -> None:
    done(settle(publishing_city, investigated, disposition))
    assert phase(public.applicant, public.path) == becomes
    assert followed(publishing_city, investigated)["standing"] == "upheld"
    proven = check_whole(publishing_city.services.record)
    assert proven.faults == []
    viewed = publishing_city.bureau.leader.get(
        f"{public.path}/separation?{publishing_city.everything()}"
    )
    assert [each["verdict"] for each in done(viewed).body["stages"]] == [
        each.verdict for each in proven.verdicts[public.path.removeprefix("/v1/cases/")]
    ]
    notice = public.applicant.get(f"{public.path}/notice")
    if becomes == "rejected":
        assert "异议处理结果通知书" in notice.body
        assert "领导</th>" not in notice.body
    else:
        assert notice.code == "NOT_FOUND"


def test_an_investigation_takes_over_the_case_that_an_objection_holds(
    publishing_city: PublishingCity, public: Public, investigated: Raised
) -> None:
    done(settle(publishing_city, investigated, "investigate"))
    officer, leader = (
        publishing_city.bureau.integrity_handler,
        publishing_city.bureau.integrity_leader,
    )
    assert "investigations.open" in acts_in(done(officer.get(public.path)).body)
    suspicion = {"suspicion": "考核表疑似改动", "source": investigated.path.rsplit("/", 1)[-1]}
    opened = done(officer.change(public.path, "/investigations", suspicion))
    investigation = f"/v1/investigations/{opened.body['stream']}"
    fields = done(officer.get(investigation)).body["events"][0]["fields"]
    assert (fields["cause"], fields["source"]) == ("objection", suspicion["source"])
    closure = {"decision": "湖核〔2024〕1号", "reason": "经鉴定未改动"}
    done(leader.change(investigation, "/closures", closure))
    assert phase(public.applicant, public.path) == "under_publicity"


def test_an_investigation_rests_on_no_objection_that_was_not_upheld(
    publishing_city: PublishingCity, public: Public, admitted: Raised
) -> None:
    suspicion = {"suspicion": "考核表疑似改动", "source": admitted.path.rsplit("/", 1)[-1]}
    officer = publishing_city.bureau.integrity_handler
    assert officer.change(public.path, "/investigations", suspicion).code == "NOT_FOUND"


def test_the_applicant_reads_a_summary_and_nothing_of_the_objector(
    publishing_city: PublishingCity, public: Public, investigated: Raised
) -> None:
    done(settle(publishing_city, investigated, "return"))
    seen = str(done(public.applicant.get(public.path)).body)
    seen += str(done(public.applicant.get(f"{public.path}/history")).body)
    assert SUMMARY in seen
    for words in (STATEMENT, NAMED["name"], NAMED["contact"], FINDINGS["findings"], ANSWER):
        assert str(words) not in seen
    assert public.applicant.get(investigated.path).code == "NOT_FOUND"


def test_only_those_who_deal_with_it_learn_that_there_is_one(
    publishing_city: PublishingCity, raised: Raised
) -> None:
    for stranger in (publishing_city.enterprise.leader, publishing_city.system):
        assert stranger.get(raised.path).code == "NOT_FOUND"
    seen = done(publishing_city.bureau.integrity_handler.get(raised.path)).body
    assert NAMED["name"] in str(seen)
    assert seen["events"][0]["actor"] == {"kind": "public"}


def test_a_reviewer_of_the_authority_does_not_learn_that_there_is_an_objection(
    publishing_city: PublishingCity, raised: Raised
) -> None:
    bureau = publishing_city.bureau
    for reviewer in (bureau.handler, bureau.leader, bureau.administrator):
        assert reviewer.get(raised.path).code == "NOT_FOUND"
        listed = reviewer.get(f"/v1/objections?{publishing_city.everything()}")
        assert raised.path.rsplit("/", 1)[-1] not in str(listed.body)
    answer = bureau.handler.post(f"{raised.path}/screenings", {"admitted": True}, version=1)
    assert answer.code == "NOT_FOUND"


def test_an_objection_is_settled_only_after_it_was_investigated_by_somebody_else(
    publishing_city: PublishingCity, raised: Raised
) -> None:
    early = settle(publishing_city, raised, None)
    assert codes(early) == {"SCREENING_FIRST", "INVESTIGATION_FIRST"}
    investigating = publishing_city.bureau.integrity_handler
    body = {"disposition": None, "decision": DECISION, "answer": ANSWER, "summary": SUMMARY}
    assert "NOT_IN_SEAT" in codes(investigating.change(raised.path, "/settlements", body))


def test_whoever_is_to_act_next_is_told_why_not_yet(
    publishing_city: PublishingCity, admitted: Raised
) -> None:
    bureau = publishing_city.bureau

    def kept(by: Actor, act: str) -> list[list[str]]:
        """What keeps somebody from an act, wherever it is told of."""
        acts = done(by.get(admitted.path)).body["acts"]
        named = (each["refusals"] for each in acts if each["act"] == f"objections.{act}")
        return [[one["code"] for one in each] for each in named]

    handler, leader = bureau.integrity_handler, bureau.integrity_leader
    assert kept(leader, "settle") == [["INVESTIGATION_FIRST"]]
    assert (kept(handler, "settle"), kept(leader, "investigate")) == ([], [])
    assert kept(handler, "investigate") == [[]]
    done(handler.change(admitted.path, "/investigations", FINDINGS))
    assert kept(leader, "settle") == [[]]


def test_the_objector_withdraws_by_receipt_and_nobody_without_one(
    publishing_city: PublishingCity, public: Public, admitted: Raised
) -> None:
    nobody = Client(publishing_city.address)
    assert nobody.post("/v1/objections/withdrawals", {"receipt": "ABCD-EFGH"}).code == "NOT_FOUND"
    withdrawn = nobody.post("/v1/objections/withdrawals", {"receipt": admitted.receipt})
    assert withdrawn.body["standing"] == "withdrawn"
    assert codes(over(publishing_city, public.path)) == {"PUBLICITY_TOO_SHORT"}
    again = nobody.post("/v1/objections/withdrawals", {"receipt": admitted.receipt})
    assert again.code == "ALREADY_SETTLED"


def test_an_objection_goes_on_blocking_when_its_posting_was_void(
    publishing_city: PublishingCity, public: Public, raised: Raised
) -> None:
    assert raised.receipt
    handler = publishing_city.enterprise.handler
    down = {"taken_down_on": "2024-09-25", "reason": "公示栏被遮挡"}
    done(handler.change(public.path, "/publicities/current/voidings", down))
    assert codes(over(publishing_city, public.path)) == {"OPEN_OBJECTION", "PUBLICITY_TOO_SHORT"}


def test_the_feed_withholds_an_objection(publishing_city: PublishingCity, raised: Raised) -> None:
    assert raised.receipt
    head = publishing_city.services.record.head()
    auditor = publishing_city.inspector
    mandate = publishing_city.whole(auditor)
    events = done(auditor.get(f"/v1/events?after={head - 2}&limit=2", Mandate=mandate)).body
    assert {each["type"] for each in events} == {"withheld"}
    assert STATEMENT not in str(events)
    assert NAMED["name"] not in str(events)


def test_one_address_objects_slower_and_slower(
    publishing_city: PublishingCity, public: Public
) -> None:
    nobody = Client(publishing_city.address)
    answers = [nobody.post(f"{public.posting}/objections", NAMED) for _ in range(21)]
    assert {each.status for each in answers[:20]} == {201}
    assert (answers[20].status, answers[20].code) == (429, "TOO_MANY_ATTEMPTS")
    assert answers[20].headers["Retry-After"] == "1"


def test_of_a_receipt_only_a_digest_is_kept(
    publishing_city: PublishingCity, raised: Raised
) -> None:
    with publishing_city.services.database.connection() as connection:
        kept = connection.execute(
            "SELECT digest, stream, receipt::text FROM receipt WHERE stream = %s",
            (raised.path.rsplit("/", 1)[-1],),
        ).fetchall()
    ((digest, _, row),) = kept
    assert bytes(digest) == sha256(raised.receipt.encode()).digest()
    assert raised.receipt not in row


@pytest.mark.parametrize(
    "screening",
    [
        {"admitted": False},
        {"admitted": False, "reason": ""},
        {"admitted": False, "reason": "   "},
        {"admitted": True, "reason": "与本次申报无关"},
        {"reason": None},
        {},
    ],
)
def test_nothing_is_admitted_by_leaving_a_word_out(
    publishing_city: PublishingCity, raised: Raised, screening: dict[str, object]
) -> None:
    duty_officer = publishing_city.bureau.seated["duty_officer"]
    answer = duty_officer.change(raised.path, "/screenings", screening)
    assert (answer.status, answer.code) == (422, "FIELDS_REFUSED")
    assert followed(publishing_city, raised)["standing"] == "received"
