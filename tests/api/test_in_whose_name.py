"""What an office decides and publishes bears the name in which it acts by its power."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING, Any

import pytest

from domain.authority.power import AFFAIRS
from domain.beijing import BEIJING
from domain.separation import HANDLER, LEADER
from tests.api.actor import Actor
from tests.api.client import Client
from tests.api.filings import decide, done, opine
from tests.api.provinces import CONTENT, PublishingCity, go_on, passed_with_posting, post
from tests.api.test_authority import confirm_withdrawal, the_grant, withdraw

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tests.api.copies import Copies

GROUP = "湖州市职称改革工作领导小组"
AREA = "浙江省/湖州市"
SAID = {"reasons": [{"code": "YEARS_SHORT", "rules": ["HZ-12"]}], "opinion": "年限不足。"}


@dataclass(frozen=True)
class Told:
    """A title granted and a case rejected, when their bureau had come to act in another name."""

    city: PublishingCity
    holder: Actor
    granted: str
    rejected: str
    posted: tuple[Any, Any]
    certificates: tuple[str, str]


@pytest.fixture(scope="module")
def told(copies: Copies) -> Iterator[Told]:
    """The bureau's power is granted anew between the opinion and the decision on a case."""
    with copies.of(PublishingCity, datetime(2024, 9, 25, 9, tzinfo=BEIJING)) as city:
        yield tell(city)


def tell(city: PublishingCity) -> Told:
    company, bureau, nobody = city.enterprise, city.bureau, Client(city.address)
    people = [city.applicant(company) for _ in range(3)]
    before, granted, rejected = (city.filed(each) for each in people)
    for each in (before, rejected):
        passed_with_posting(each, company, "2024-09-25")
    by_company = passed_with_posting(granted, company, "2024-09-25")
    city.catch_up()
    shown = done(nobody.get(by_company)).body
    city.at("2024-10-09T09:00:00")
    for each in (before, granted, rejected):
        done(go_on(company.handler, each))
    passed_with_posting(before, bureau, "2024-10-09")
    done(opine(bureau.handler, granted))
    city.at("2024-10-16T09:00:00")
    first = certified(city, before)
    former = the_grant(city.system, bureau)
    city.grant(bureau.organisation, AREA, ["city_hr"], AFFAIRS, in_name_of=GROUP)
    done(withdraw(city.system, bureau, former, ends_on="2024-10-16"))
    done(confirm_withdrawal(city.second, bureau, former))
    done(decide(bureau.leader, granted))
    posting = post(granted, bureau, "2024-10-16")
    done(opine(bureau.handler, rejected, recommendation="reject", **SAID))
    done(decide(bureau.leader, rejected, decision="reject", **SAID))
    city.catch_up()
    posted = (shown, done(nobody.get(posting)).body)
    city.at("2024-10-24T09:00:00")
    return Told(city, people[1], granted, rejected, posted, (first, certified(city, granted)))


def certified(city: PublishingCity, path: str) -> str:
    """The number of the certificate of a case that was public until yesterday."""
    bureau = city.bureau
    done(go_on(bureau.leader, path))
    done(bureau.handler.change(path, "/certificates", {}))
    return str(done(bureau.handler.get(path)).body["standing"]["certificate"])


def in_name(events: list[dict[str, Any]]) -> dict[str, str | None]:
    """In whose name the bureau did what it did last of each kind."""
    return {
        each["topic"]: each["actor"]["in_name_of"]
        for each in events
        if each["actor"].get("organisation_name") == "市人社局"
    }


AS_GRANTED = {
    "case:handler-opinion-given:1": None,
    "case:leader-approved:1": GROUP,
    "case:publicity-opened:1": GROUP,
    "case:publicity-closed:1": GROUP,
    "case:recognised:1": GROUP,
    "case:certificate-issued:1": GROUP,
}
"""Each by the grant that it rests on: the opinion by the former one."""


def test_each_act_bears_the_name_that_the_power_which_it_rests_on_says(told: Told) -> None:
    city, path = told.city, told.granted
    history = done(city.inspector.get(f"{path}/history")).body["events"]
    assert in_name(history) == AS_GRANTED
    assert in_name(done(told.holder.get(f"{path}/file")).body["events"]) == AS_GRANTED
    own = [each["actor"] for each in history if each["actor"].get("organisation_name")]
    companys = [e for e in own if e["organisation_name"] == city.enterprise.name]
    assert {each["in_name_of"] for each in companys} == {None}


def test_a_case_says_in_whose_name_each_stage_was_dealt_with(told: Told) -> None:
    chain = done(told.holder.get(told.granted)).body["chain"]
    assert [(each["name"], each["in_name_of"]) for each in chain] == [
        (told.city.enterprise.name, None),
        (told.city.bureau.name, GROUP),
    ]
    history = done(told.holder.get(f"{told.granted}/history")).body["events"]
    (opinion,) = (
        each["version"]
        for each in history
        if each["topic"] == "case:handler-opinion-given:1"
        and each["fields"]["organisation"] == told.city.bureau.organisation
    )
    then = done(told.holder.get(f"{told.granted}?version={opinion}")).body["chain"]
    assert [each["in_name_of"] for each in then] == [None, None]


def test_by_what_right_an_act_was_done_tells_the_name_too(told: Told) -> None:
    acts = done(told.city.inspector.get(f"{told.granted}/authority")).body["acts"]
    granted = {each["topic"]: each["in_name_of"] for each in acts if each["verdict"] == "GRANTED"}
    assert granted.items() <= AS_GRANTED.items()
    assert {None, GROUP} == set(granted.values())


def test_a_posting_says_who_made_public(told: Told) -> None:
    by_company, by_bureau = told.posted
    assert (by_company["publisher"], by_bureau["publisher"]) == (told.city.enterprise.name, GROUP)


def test_a_notice_is_signed_in_that_name_and_says_who_dealt_with_it(told: Told) -> None:
    page = done(told.city.inspector.get(f"{told.rejected}/notice")).body
    assert f"经{GROUP}两名工作人员先后审查" in page
    assert f'<p class="seal">{GROUP}<br>' in page
    assert f'<th scope="row">承办单位</th><td>{told.city.bureau.name}</td>' in page


def test_a_certificate_is_issued_in_that_name(told: Told) -> None:
    """In its own, where the power says nothing; anybody who has the number reads it."""
    nobody = Client(told.city.address)
    told.city.catch_up()
    issuers = [done(nobody.get(f"/v1/certificates/{n}")).body["issuer"] for n in told.certificates]
    assert issuers == [told.city.bureau.name, GROUP]


def test_a_decision_document_is_published_in_that_name(told: Told) -> None:
    city = told.city
    path = f"/v1/organisations/{city.bureau.organisation}/decisions"
    body = {
        "number": "湖职改〔2024〕5号",
        "title": "关于确认职称的通知",
        "published_on": "2024-10-24",
        "content": CONTENT,
        "cases": [told.granted.rpartition("/")[2]],
    }
    done(city.bureau.handler.post(path, body))
    listed = done(city.bureau.handler.get(f"{path}?{city.everything()}")).body["decisions"]
    assert [(each["number"], each["in_name_of"]) for each in listed] == [(body["number"], GROUP)]


def test_its_number_is_corrected_by_the_leader_and_each_case_hears_of_it(told: Told) -> None:
    city, bureau = told.city, told.city.bureau
    path = f"/v1/organisations/{bureau.organisation}/decisions"
    (entered,) = done(bureau.leader.get(f"{path}?{city.everything()}")).body["decisions"]
    here = f"{path}/{entered['decision']}/corrections"
    right = {"number": "湖职改〔2024〕15号", "published_on": "2024-10-23", "reason": "漏录一位"}
    refused = bureau.handler.post(here, right).body["refusals"]
    assert {each["code"] for each in refused} == {"NOT_IN_SEAT", "SAME_REVIEWER"}
    other = city.found("另一人社局", city.system, area="浙江省/湖州市", bodies=["city_hr"])
    city.seat(other, HANDLER, LEADER)
    theirs = f"/v1/organisations/{other.organisation}/decisions/{entered['decision']}/corrections"
    assert other.leader.post(theirs, right).code == "NOT_FOUND"
    topics = [each["topic"] for each in done(bureau.leader.post(here, right)).body["events"]]
    assert topics == ["decision:corrected:1", "case:decision-published:1"]
    (listed,) = done(bureau.handler.get(f"{path}?{city.everything()}")).body["decisions"]
    assert (listed["number"], listed["published_on"]) == ("湖职改〔2024〕15号", "2024-10-23")
    assert listed["entered_as"] == entered["number"]
    heard = done(bureau.handler.get(f"{told.granted}/history")).body["events"][-1]["fields"]
    assert heard["number"] == "湖职改〔2024〕15号"


def test_so_is_what_is_found_of_misconduct(told: Told) -> None:
    city = told.city
    officer = city.bureau.integrity_handler
    opened = officer.change(told.granted, "/investigations", {"suspicion": "学位证书疑似伪造"})
    seen = done(officer.get(f"/v1/investigations/{done(opened).body['stream']}")).body
    assert in_name(seen["events"]) == {"investigation:opened:1": GROUP}
