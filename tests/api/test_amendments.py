"""What was entered by mistake is amended: by the handler alone, or by two once others built on it.

A publicity of September and October 2024, told over HTTP.
"""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING, Any
from uuid import uuid4

import pytest

from domain.beijing import BEIJING, day
from tests.api.client import Client
from tests.api.committee_city import WILL, CommitteeCity, at_the_committee
from tests.api.filings import SCAN, decide, done, opine, passed
from tests.api.provinces import CONTENT, go_on, just_posted, passed_with_posting, post, prove

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tests.api.actor import Actor
    from tests.api.client import Answer
    from tests.api.copies import Copies
    from tests.api.provinces import PublishingCity

STATEMENT = "所填2023年度考核等次与单位公布的名单不一致，请核对原始考核表。"
SLIP = {"reason": "登记时点错"}
FORM = "determination_form"
PAPER: dict[str, Any] = {"leg": None, "received_on": "2024-09-25", "items": [FORM], **SLIP}


@pytest.fixture
def city(copies: Copies) -> Iterator[CommitteeCity]:
    with copies.of(CommitteeCity, datetime(2024, 8, 29, 9, tzinfo=BEIJING)) as one:
        yield one


def amended(by: Actor, path: str, **says: Any) -> Answer:  # noqa: ANN401 -- of a request
    """Amend the posting that stands."""
    return by.change(path, "/publicities/current/amendments", {**SLIP, **says})


def confirmed(by: Actor, path: str, entry: int) -> Answer:
    """Confirm an amendment."""
    return by.change(path, "/amendments/confirmations", {"entry": entry})


def entry_of(by: Actor, path: str, topic: str) -> int:
    """The version of the last event of a topic, as the history shows it."""
    events = done(by.get(f"{path}/history")).body["events"]
    return max(int(each["version"]) for each in events if each["topic"] == topic)


def topics(answer: Answer) -> list[str]:
    """What an act led to."""
    return [each["topic"] for each in done(answer).body["events"]]


def codes(answer: Answer) -> set[str]:
    """Why an act was refused."""
    assert answer.status == 409, answer.body
    return {each["code"] for each in answer.body["refusals"]}


@pytest.fixture(scope="module")
def a_case_before_its_leader(publishing_city: PublishingCity) -> str:
    """Its handler at the enterprise has given an opinion."""
    city = publishing_city
    path = city.filed(city.applicant(city.enterprise, "某撤意见者"))
    done(opine(city.enterprise.handler, path, opinion="先写的意见"))
    return path


def test_a_handler_takes_the_own_opinion_back_until_the_leader_has_acted(
    publishing_city: PublishingCity, a_case_before_its_leader: str
) -> None:
    company, path = publishing_city.enterprise, a_case_before_its_leader
    back = "/handler-opinions/current/withdrawals"
    assert company.leader.change(path, back, {}).status in (403, 409)
    assert topics(company.handler.change(path, back, {})) == ["case:opinion-taken-back:1"]
    assert path not in handled(publishing_city)
    assert codes(decide(company.leader, path)) == {"HANDLER_FIRST", "FACT_OPEN"}
    assert codes(company.handler.change(path, back, {})) == {"NO_OPINION_OF_YOURS"}
    passed(path, company)
    assert codes(company.handler.change(path, back, {})) == {"STAGE_ORDER"}
    assert path in handled(publishing_city)
    told = done(company.handler.get(f"{path}/separation")).body
    assert [each["verdict"] for each in told["stages"]][:1] == ["DIFFERENT"]


def handled(city: PublishingCity) -> set[str]:
    """The cases that the enterprise's handler has handled, as the list of cases says."""
    handler = city.enterprise.handler
    city.catch_up()
    rows = done(handler.get("/v1/cases?q=handler:me")).body["cases"]
    return {f"/v1/cases/{each['case']}" for each in rows}


def test_an_opinion_taken_back_is_told_to_no_applicant(
    publishing_city: PublishingCity,
) -> None:
    city, company = publishing_city, publishing_city.enterprise
    applicant = city.applicant(company, "某不知者")
    path = city.filed(applicant)
    done(opine(company.handler, path, opinion="撤回了的意见"))
    done(company.handler.change(path, "/handler-opinions/current/withdrawals", {}))
    passed(path, company)
    seen = str(done(applicant.get(f"{path}/history")).body)
    assert "撤回了的意见" not in seen
    assert "经逐项核实，建议通过。" in seen


def test_a_mistyped_day_costs_no_new_publicity(publishing_city: PublishingCity) -> None:
    city, company, bureau = publishing_city, publishing_city.enterprise, publishing_city.bureau
    nobody = Client(city.address)
    path = city.filed(city.applicant(company, "某错日者"))
    passed(path, company)
    city.at("2024-09-26T09:00:00")
    shown = post(path, company, "2024-09-25")
    assert codes(amended(company.handler, path, posted_on="2024-09-20")) == {
        "OCCURRED_EARLIER",
        "POSTING_UNPROVEN",
    }
    assert codes(amended(company.handler, path, posted_on="2024-09-27")) == {"OCCURRED_LATER"}
    assert amended(bureau.handler, path, posted_on="2024-09-26").status in (403, 404, 409)
    city.catch_up()
    assert nobody.get(shown).body["ends_on"] == "2024-10-08"
    assert topics(amended(company.handler, path, posted_on="2024-09-26", place="公示栏")) == [
        "case:entry-amended:1"
    ]
    city.catch_up()
    seen = done(nobody.get(shown)).body
    assert (seen["posted_on"], seen["ends_on"], seen["place"]) == (
        "2024-09-26",
        "2024-10-09",
        "公示栏",
    )
    city.at("2024-10-09T00:00:00")
    assert codes(go_on(company.handler, path)) == {"PUBLICITY_TOO_SHORT"}
    city.at("2024-10-10T00:00:00")
    assert "case:forwarded:1" in topics(go_on(company.handler, path))
    assert amended(company.handler, path, posted_on="2024-09-26").status in (403, 409)


def test_a_day_before_it_was_shown_here_takes_evidence_and_the_leaders_word(
    publishing_city: PublishingCity,
) -> None:
    city, company = publishing_city, publishing_city.enterprise
    path = city.filed(city.applicant(company, "某早贴者"))
    passed(path, company)
    approved = city.clock.now().date().isoformat()
    city.at("2024-10-11T09:00:00")
    body = {"posted_on": "2024-10-11", "content": CONTENT}
    done(company.handler.change(path, "/publicities", body))
    assert codes(amended(company.handler, path, posted_on="2024-10-10")) == {"POSTING_UNPROVEN"}
    assert approved <= "2024-10-10"
    done(amended(company.handler, path, posted_on="2024-10-10", evidence="张贴照片"))
    for stranger in (city.bureau.handler, city.applicant(company, "某旁人")):
        sent = {"Content_Type": "image/png", "Idempotency_Key": "proof"}
        assert stranger.client.post(f"{path}/posting-proofs/uploads", SCAN, **sent).status > 400
    done(prove(path, company, "注明日期的张贴照片"))
    assert codes(prove(path, company, "sealed_statement")) == {"STATEMENT_TOO_EARLY"}
    city.at("2024-10-17T00:00:00")
    assert codes(go_on(company.leader, path)) == {"POSTING_PROOF_MISSING"}
    statement = done(prove(path, company, "盖章的公示情况说明")).body["events"][0]["topic"]
    assert statement == "case:posting-proven:1"
    proven = done(company.leader.get(f"{path}/history")).body["events"][-1]["fields"]
    read = company.leader.get(f"{path}/posting-proofs/{proven['file']}/content")
    assert done(read).body.encode() == SCAN
    assert city.bureau.handler.get(f"{path}/posting-proofs/{proven['file']}/content").status > 400
    assert codes(go_on(company.handler, path)) == {"NOT_IN_SEAT", "SAME_REVIEWER"}
    assert "case:forwarded:1" in topics(go_on(company.leader, path))


def test_what_others_built_on_two_persons_amend(publishing_city: PublishingCity) -> None:
    city, company = publishing_city, publishing_city.enterprise
    nobody = Client(city.address)
    path = city.filed(city.applicant(company, "某异议者"))
    city.at("2024-10-21T09:00:00")
    shown = passed_with_posting(path, company, "2024-10-21")
    city.catch_up()
    done(nobody.post(f"{shown}/objections", {"statement": STATEMENT}))
    city.at("2024-10-22T09:00:00")
    proposed = amended(company.handler, path, posted_on="2024-10-22")
    assert topics(proposed) == ["case:amendment-proposed:1"]
    city.catch_up()
    assert nobody.get(shown).body["posted_on"] == "2024-10-21"
    entry = entry_of(company.handler, path, "case:publicity-opened:1")
    assert codes(confirmed(company.leader, path, entry + 1)) == {"PROPOSAL_FIRST"}
    assert confirmed(company.handler, path, entry).status in (403, 409)
    assert topics(confirmed(company.leader, path, entry)) == ["case:entry-amended:1"]
    city.catch_up()
    assert nobody.get(shown).body["posted_on"] == "2024-10-22"
    assert codes(confirmed(company.leader, path, entry)) == {"PROPOSAL_FIRST"}


def test_papers_are_amended_by_one_while_nothing_rests_on_them(
    publishing_city: PublishingCity,
) -> None:
    city, company, bureau = publishing_city, publishing_city.enterprise, publishing_city.bureau
    path = city.filed(city.applicant(company, "某交表者"))
    today = city.clock.now().date().isoformat()
    passed_with_posting(path, company, today)
    paper = {**PAPER, "received_on": today}
    entered = {key: value for key, value in paper.items() if key != "reason"}
    done(bureau.handler.change(path, "/paper-receipts", entered))
    receipt = entry_of(bureau.handler, path, "case:paper-received:1")
    none = {**paper, "entry": receipt, "items": []}
    assert topics(bureau.handler.change(path, "/paper-receipts/amendments", none)) == [
        "case:entry-amended:1"
    ]


def test_nobody_is_charged_or_urged_to_pay_where_the_notice_sets_no_fee(
    publishing_city: PublishingCity,
) -> None:
    city, company, bureau = publishing_city, publishing_city.enterprise, publishing_city.bureau
    path = city.filed(city.applicant(company, "某免费者"))
    today = city.clock.now().date().isoformat()
    passed_with_posting(path, company, today)
    paid = {"amount": 1, "channel": "bank", "paid_on": today, "receipt": "receipt-1"}
    assert codes(bureau.handler.change(path, "/payments", paid)) == {"FEE_NOT_ASKED"}
    reminded = {"channel": "sms", "reminded_on": today}
    urging = bureau.handler.change(path, "/payment-reminders", reminded)
    assert codes(urging) == {"FEE_NOT_ASKED"}
    offered = {each["operation"] for each in done(bureau.handler.get(path)).body["acts"]}
    assert offered.isdisjoint({"progress.pay", "progress.remind", "amendments.amend_payment"})


def test_a_fee_is_amended_by_one_and_after_the_decision_by_two(city: CommitteeCity) -> None:
    office, department = city.houses[2], city.houses[3]
    stranger, path, applicant = at_the_committee(city, WILL | {"progress.pay": 0})
    stranger.walk(path, ["2024-08-29T09:00:00", "2024-09-05T09:00:00", "2024-09-09T09:00:00"])
    first = {"amount": 21500, "channel": "WITH_PAPER", "paid_on": "2024-09-09", "receipt": "R-1"}
    done(department.handler.change(path, "/payments", first))
    fee = entry_of(department.handler, path, "case:fee-paid:1")
    receipt = entry_of(department.handler, path, "case:paper-received:1")
    paid = {"channel": "WITH_PAPER", "paid_on": "2024-09-09", "receipt": "R-1", **SLIP}

    def amend(by: Actor, amount: int, entry: int = fee) -> Answer:
        body = {**paid, "entry": entry, "amount": amount}
        return by.change(path, "/payments/amendments", body)

    def paid_fen() -> int:
        return int(done(department.handler.get(f"{path}/duties")).body["paid_fen"])

    assert codes(amend(office.handler, 6000)) == {"NOT_IN_SEAT"}
    assert codes(amend(department.leader, 6000)) == {"NOT_IN_SEAT", "SAME_REVIEWER"}
    assert codes(amend(department.handler, 6000, receipt)) == {"ENTRY_UNKNOWN"}
    assert topics(amend(department.handler, 6000)) == ["case:entry-amended:1"]
    assert paid_fen() == 6000
    rest = {"amount": 15500, "channel": "WITH_PAPER", "paid_on": "2024-09-09", "receipt": "R-2"}
    assert codes(office.handler.change(path, "/payments", {**rest, "paid_on": "2024-09-10"})) == {
        "OCCURRED_LATER"
    }
    assert codes(city.houses[0].handler.change(path, "/payments", rest)) == {"NOT_ITS_RECEIVER"}
    done(department.handler.change(path, "/payments", rest))
    assert paid_fen() == 21500

    days = ["09-11", "10-15", "10-21", "11-08"]
    stranger.walk(path, [f"2024-{each}T09:00:00" for each in days])
    assert done(applicant.get(path)).body["standing"]["phase"] == "recognised"
    assert codes(amend(department.handler, 5000)) == {"FEE_UNPAID"}
    paid["paid_on"] = "2024-09-10"
    assert topics(amend(department.handler, 6000)) == ["case:amendment-proposed:1"]
    assert topics(confirmed(department.leader, path, fee)) == ["case:entry-amended:1"]
    assert paid_fen() == 21500


def test_an_announcement_is_amended_for_all_of_its_persons(
    publishing_city: PublishingCity,
) -> None:
    city, company = publishing_city, publishing_city.enterprise
    paths = [city.filed(city.applicant(company, f"某同榜者{each}")) for each in range(2)]
    for path in paths:
        passed(path, company)
    cases = [path.rpartition("/")[2] for path in paths]
    today = day(city.clock.now()).isoformat()
    body = {"posted_on": today, "content": CONTENT, "cases": cases}
    announced = done(company.handler.post("/v1/announcements", body)).body["announcement"]
    city.catch_up()
    shown = just_posted(paths[1], company)
    done(Client(city.address).post(f"{shown}/objections", {"statement": STATEMENT}))

    def told(by: Actor, announcement: str) -> list[list[str]]:
        of = {"announcement": announcement, "cases": cases}
        says = {**SLIP, **of, "posted_on": today, "place": "公示栏"}
        answer = done(by.post("/v1/announcement-amendments", says)).body
        assert answer["announcement"] == announcement
        return [each["codes"] for each in answer["outcomes"]]

    other = f"announcement-{uuid4()}"
    assert told(company.handler, other) == [["ENTRY_UNKNOWN"]] * 2
    assert told(company.leader, announced) == [["NOT_IN_SEAT", "SAME_REVIEWER"]] * 2
    assert told(company.handler, announced) == [[], []]
    assert entry_of(company.handler, paths[0], "case:entry-amended:1")
    assert entry_of(company.handler, paths[1], "case:amendment-proposed:1")


def test_an_announcement_put_up_elsewhere_is_proven_once_for_all_of_its_persons(
    publishing_city: PublishingCity,
) -> None:
    city, company = publishing_city, publishing_city.enterprise
    city.at("2024-11-07T09:00:00")
    paths = [city.filed(city.applicant(company, f"某同证者{each}")) for each in range(3)]
    for path in paths:
        passed(path, company)
    cases = [path.rpartition("/")[2] for path in paths]
    city.at("2024-11-08T09:00:00")
    body = {"posted_on": "2024-11-07", "content": CONTENT, "evidence": "张贴照片", "cases": cases}
    announced = done(company.handler.post("/v1/announcements", body)).body["announcement"]

    def proof(by: Actor, kind: str, announcement: str, of: list[str]) -> Answer:
        sent = {"Content_Type": "image/png", "Idempotency_Key": uuid4().hex}
        upload = by.client.post(f"{paths[0]}/posting-proofs/uploads", SCAN, **sent)
        told = {"upload": done(upload).body["upload"], "kind": kind, "uploaded_to": cases[0]}
        return by.post(
            "/v1/announcement-proofs", {**told, "announcement": announcement, "cases": of}
        )

    photographed = "dated_photograph"
    other = f"announcement-{uuid4()}"
    assert codes(proof(company.handler, photographed, other, cases)) == {"ENTRY_UNKNOWN"}
    assert codes(proof(company.leader, photographed, announced, cases)) == {
        "NOT_IN_SEAT",
        "SAME_REVIEWER",
    }
    shown = done(proof(company.handler, photographed, announced, cases[:2])).body
    assert [each["codes"] for each in shown["outcomes"]] == [[], []]
    early = proof(company.handler, "sealed_statement", announced, cases)
    assert codes(early) == {"STATEMENT_TOO_EARLY"}
    city.at("2024-11-15T00:00:00")
    done(proof(company.handler, "sealed_statement", announced, cases))
    for path in paths[:2]:
        assert "case:forwarded:1" in topics(go_on(company.leader, path))
    assert codes(go_on(company.leader, paths[2])) == {"POSTING_PROOF_MISSING"}
    proven = done(company.leader.get(f"{paths[1]}/history")).body["events"]
    file = next(e for e in proven if e["topic"] == "case:posting-proven:1")["fields"]["file"]
    read = company.leader.get(f"{paths[1]}/posting-proofs/{file}/content")
    assert done(read).body.encode() == SCAN
