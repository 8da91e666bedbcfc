"""Filing for review by committee, September and October 2024: stages, papers, fees, returns."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

import pytest

from tests.api.actor import Actor
from tests.api.client import Answer
from tests.api.filings import SCAN, WORD, decide, done, file, opine, passed, refile
from tests.api.provinces import claims, draft, go_on, post
from tests.stories.acting import codes, kept, rules, topics
from tests.stories.door import particulars

if TYPE_CHECKING:
    from tests.api.society import House
    from tests.stories.places import Yueyang

PACK = "yueyang-2024"
ONLINE = "HUNAN_NONTAX_WECHAT"
BOTH = ("qualification_paper", "performance")


@dataclass
class Told:
    """Each case by a name, with its applicant, and what was answered on the way."""

    paths: dict[str, str] = field(default_factory=dict)
    people: dict[str, Actor] = field(default_factory=dict)
    answers: dict[str, Answer] = field(default_factory=dict)


class Story:
    """The autumn, act by act."""

    def __init__(self, city: Yueyang) -> None:
        self.city = city
        self.told = Told()

    def case(self, name: str, series: str, level: str, house: House | None = None) -> str:
        """A draft through the city's own unit, unless through another."""
        house = house or self.city.unit
        applicant = self.city.applicant(house, f"某{name}")
        path = draft(applicant, house, PACK, series=series, specialty="某专业", level=level)
        self.told.paths[name], self.told.people[name] = path, applicant
        return path

    def filed(self, name: str, series: str, level: str, house: House | None = None) -> str:
        """A case that was filed."""
        path = self.case(name, series, level, house)
        self.told.answers[f"{name} filed"] = done(file(self.told.people[name], path))
        return path

    def publicised(self, *names: str, house: House | None = None) -> None:
        """The employer's review and posting, today."""
        house = house or self.city.unit
        for name in names:
            passed(self.told.paths[name], house)
            post(self.told.paths[name], house, self.city.clock.now().date().isoformat())

    def paper(
        self, by: House, name: str, leg: str, day: str, items: tuple[str, ...] = BOTH
    ) -> Answer:
        """Enter papers on the day on which they came."""
        body = {"leg": leg, "received_on": day, "items": items}
        answer = by.handler.change(self.told.paths[name], "/paper-receipts", body)
        self.told.answers[f"{name} {leg} {day}"] = answer
        return answer

    def unnamed_paper(self, by: House, name: str, day: str) -> Answer:
        """Enter papers without a word on which hand-over they came by."""
        body = {"received_on": day, "items": ["qualification_paper"]}
        return by.handler.change(self.told.paths[name], "/paper-receipts", body)

    def paid(self, by: House, name: str, fen: int, channel: str) -> Answer:
        """Enter a payment of today."""
        day = self.city.clock.now().date().isoformat()
        body = {"amount": fen, "channel": channel, "paid_on": day, "receipt": f"receipt-{fen}"}
        answer = by.handler.change(self.told.paths[name], "/payments", body)
        self.told.answers[f"{name} pays by {channel}"] = answer
        return answer


def told_until_12_september(story: Story) -> None:
    """Filed, reviewed by the employer, made public; a file withheld; papers from the 9th on."""
    city, told = story.city, story.told
    for name, series, level in (
        ("教师", "中小学教师系列", "senior"),
        ("医生", "省卫生系列", "intermediate"),
    ):
        story.filed(name, series, level)
    story.publicised("教师", "医生")
    city.at("2024-09-02T10:00:00")
    for name, series, level in (
        ("图书员", "图书系列", "junior"),
        ("档案员", "档案系列", "intermediate"),
        ("迟补者", "档案系列", "intermediate"),
        ("工程师", "大工程系列", "senior"),
        ("未提醒者", "经济系列", "senior"),
        ("末日公示者", "文博系列", "intermediate"),
        ("涉密者", "文博系列", "intermediate"),
    ):
        story.filed(name, series, level)
    story.filed("县里人", "文博系列", "intermediate", city.station)
    story.filed("县里经济师", "经济系列", "senior", city.station)
    story.publicised("图书员", "档案员", "迟补者")
    story.publicised("县里人", house=city.station)

    city.at("2024-09-03T10:00:00")
    secret = told.paths["涉密者"]
    (material,) = done(city.unit.handler.get(secret)).body["materials"]
    at_file = f"{secret}/materials/{material['material']}"
    withheld = city.unit.handler.change(
        secret, at_file.removeprefix(secret) + "/withholdings", {"cause": "CLASSIFIED_SUSPECTED"}
    )
    told.answers |= {
        "withheld": done(withheld),
        "looked at": city.unit.handler.get(f"{at_file}/content"),
        "looked at by its owner": told.people["涉密者"].get(f"{at_file}/content"),
        "recommended": opine(city.unit.handler, secret),
    }

    city.at("2024-09-04T17:00:00")
    story.publicised("末日公示者")
    city.at("2024-09-06T09:00:00")
    told.answers["paper unsent"] = story.paper(
        city.department, "末日公示者", "leg1_others", "2024-09-06"
    )
    for name in ("教师", "医生"):
        done(go_on(city.unit.handler, told.paths[name]))
    city.at("2024-09-08T10:00:00")
    story.paper(city.office, "医生", "leg1_health", "2024-09-08")
    city.at("2024-09-10T09:00:00")
    for name in ("图书员", "档案员", "迟补者"):
        done(go_on(city.unit.handler, told.paths[name]))
    done(go_on(city.station.handler, told.paths["县里人"]))
    told.answers["ahead of its turn"] = opine(city.office.handler, told.paths["县里人"])
    city.at("2024-09-11T10:00:00")
    for name in ("图书员", "档案员", "迟补者"):
        told.answers[f"{name} by the next office"] = story.paper(
            city.office, name, "leg1_others", "2024-09-11"
        )
        items = BOTH[:1] if name == "图书员" else BOTH
        done(story.paper(city.department, name, "leg1_others", "2024-09-11", items))
        passed(told.paths[name], city.department)
    city.at("2024-09-12T10:00:00")
    told.answers["on the last day"] = go_on(city.unit.handler, told.paths["末日公示者"])
    for name in ("图书员", "档案员", "迟补者"):
        passed(told.paths[name], city.office)


def told_until_26_september(story: Story) -> None:
    """The county is late; the committee's office returns two cases; one comes back in time."""
    city, told = story.city, story.told
    city.at("2024-09-13T09:00:00")
    done(opine(city.county.handler, told.paths["县里人"]))
    told.answers["late at the county"] = decide(city.county.leader, told.paths["县里人"])
    city.at("2024-09-14T16:00:00")
    story.paper(city.office, "医生", "leg1_health", "2024-09-14")
    city.at("2024-09-15T09:00:00")
    story.paper(city.office, "医生", "leg1_health", "2024-09-15")
    city.at("2024-09-20T10:00:00")
    story.paid(city.office, "未提醒者", 60_000, ONLINE)
    story.paid(city.county, "县里经济师", 60_000, "cash")
    for name in ("档案员", "迟补者"):
        items = [{"subject": "degree", "problem": "学位证书扫描不清。", "rules": ["YU-03"]}]
        body = {"items": items, "due_on": "2024-09-25", "resume_stage": "committee_office", **WORD}
        done(city.board.handler.change(told.paths[name], "/returns", body))
    judged = {"question": "TABLE_NOT_SUPPLIED", "satisfied": True, "grounds": "符合主通知条件。"}
    done(city.board.handler.change(told.paths["图书员"], "/judgements", judged))
    passed(told.paths["图书员"], city.board)
    city.at("2024-09-21T10:00:00")
    again = refile(told.people["档案员"], told.paths["档案员"])
    told.answers["filed again"] = again
    city.at("2024-09-26T00:00:00")
    kept(city)
    late = refile(told.people["迟补者"], told.paths["迟补者"])
    told.answers["filed again too late"] = late


def told_until_21_october(story: Story) -> None:
    """Teachers' papers, the second leg, and a committee that meets before a fee is paid."""
    city, told = story.city, story.told
    for moment in ("2024-10-10T09:00:00", "2024-10-12T17:00:00", "2024-10-13T09:00:00"):
        city.at(moment)
        story.paper(city.office, "教师", "leg1_teachers", moment[:10])
    city.at("2024-10-15T10:00:00")
    told.answers["by the sender"] = story.paper(
        city.department, "档案员", "leg2_intermediate", "2024-10-15"
    )
    told.answers["qualification of a senior"] = story.paper(
        city.office, "未提醒者", "leg1_others", "2024-10-15", BOTH[:1]
    )
    story.paper(city.office, "档案员", "leg2_intermediate", "2024-10-15")
    story.paid(city.office, "档案员", 21_500, "WITH_PAPER")
    city.at("2024-10-21T09:00:00")
    vote: dict[str, Any] = {"held_on": "2024-10-21", "members": 9, "present": 9}
    vote |= {"in_favour": 9, "against": 0, "abstained": 0, **WORD}
    librarian = told.paths["图书员"]
    told.answers["voted on unpaid"] = city.committee.handler.change(librarian, "/votes", vote)
    told.answers["charged too much"] = story.paid(city.office, "图书员", 21_500, "WITH_PAPER")
    told.answers["paid by POS"] = story.paid(city.office, "图书员", 11_000, "POS")
    told.answers["by no leg"] = story.unnamed_paper(city.office, "图书员", "2024-10-21")
    story.paid(city.office, "图书员", 11_000, "WITH_PAPER")
    told.answers["voted on without the second leg"] = city.committee.handler.change(
        librarian, "/votes", vote
    )
    done(story.paper(city.office, "图书员", "leg2_undetermined", "2024-10-21", BOTH[:1]))
    told.answers["voted on without performance"] = city.committee.handler.change(
        librarian, "/votes", vote
    )
    done(story.paper(city.office, "图书员", "leg2_undetermined", "2024-10-21", BOTH[1:]))
    told.answers["voted on"] = city.committee.handler.change(librarian, "/votes", vote)


@pytest.fixture(scope="module")
def told(yueyang: Yueyang) -> Told:
    """The story from 29 August to 21 October 2024."""
    story = Story(yueyang)
    told_until_12_september(story)
    told_until_26_september(story)
    told_until_21_october(story)
    return story.told


def duties(told: Told, name: str) -> dict[str, Any]:
    body = done(told.people[name].get(f"{told.paths[name]}/duties")).body
    assert isinstance(body, dict)
    return body


def paying(told: Told, name: str) -> tuple[int, str]:
    """The fee in yuan and its channel."""
    fee = duties(told, name)["fee"]
    return fee["fen"] // 100, fee["channel"]


@pytest.mark.story("YU-E03")
def test_the_latest_safe_day_for_a_posting_is_4_september(yueyang: Yueyang, told: Told) -> None:
    events = done(yueyang.unit.handler.get(f"{told.paths['末日公示者']}/history")).body["events"]
    (opened,) = (e["fields"] for e in events if e["topic"] == "case:publicity-opened:1")
    assert (opened["posted_on"], opened["ends_on"]) == ("2024-09-04", "2024-09-11")
    assert (len(opened["days"]), opened["source"]) == (5, "national-default")
    assert "case:forwarded:1" in topics(told.answers["on the last day"])


@pytest.mark.story("YU-E04")
def test_the_county_has_until_the_same_day_as_the_applicant(told: Told) -> None:
    late = told.answers["late at the county"]
    assert codes(late) == ["STAGE_DEADLINE_MISSED"]
    assert rules(late) == {"YU-19"}


@pytest.mark.story("YU-E06")
def test_a_senior_title_outside_the_two_series_is_filed_and_paid_for_online_alone(
    told: Told,
) -> None:
    assert topics(told.answers["工程师 filed"])[0] == "case:submitted:1"
    assert paying(told, "工程师") == (600, ONLINE)
    owed = duties(told, "工程师")
    assert owed["paper"]["required"] is False
    required = [e["id"] for e in owed["materials"] if e["channel"] == "paper" and e["required"]]
    assert required == []
    asked = {e["id"] for e in owed["materials"]}
    assert asked & {"performance", "performance_of_seniors"} == {"performance_of_seniors"}


@pytest.mark.story("YU-E07")
def test_teachers_hand_in_and_pay_from_10_october_to_the_make_up_saturday(told: Told) -> None:
    first, last, late = (
        told.answers[f"教师 leg1_teachers 2024-10-{day}"] for day in ("10", "12", "13")
    )
    assert topics(first) == topics(last) == ["case:paper-received:1"]
    assert codes(late) == ["STAGE_DEADLINE_MISSED"]
    assert "YU-24" in rules(late)
    assert duties(told, "教师")["place"]["short"] == "市人社局三楼302室"
    assert paying(told, "教师") == (600, "WITH_PAPER")


@pytest.mark.story("YU-E08")
def test_health_series_hand_in_from_9_to_14_september(told: Told) -> None:
    early, last, late = (
        told.answers[f"医生 leg1_health 2024-09-{day}"] for day in ("08", "14", "15")
    )
    assert codes(early) == ["WINDOW_NOT_OPEN"]
    assert topics(last) == ["case:paper-received:1"]
    assert codes(late) == ["STAGE_DEADLINE_MISSED"]
    assert "YU-21" in rules(early) & rules(late)
    assert duties(told, "医生")["place"]["short"] == "市人社局三楼302室"


def test_nobody_hands_over_papers_of_what_they_have_not_approved(told: Told) -> None:
    early = told.answers["paper unsent"]
    assert codes(early) == ["STAGE_ORDER"]
    assert "YU-26" in rules(early)


def test_papers_are_entered_by_who_receives_them(told: Told) -> None:
    for name, rule in (("档案员 by the next office", "YU-25"), ("by the sender", "YU-27")):
        refused = told.answers[name]
        assert codes(refused) == ["NOT_ITS_RECEIVER"], name
        assert rule in rules(refused), name


def test_no_papers_of_eligibility_are_taken_for_a_senior_title_outside_the_two_series(
    told: Told,
) -> None:
    refused = told.answers["qualification of a senior"]
    assert "PAPER_NOT_ASKED" in codes(refused)
    assert {"YU-04", "YU-28"} <= rules(refused)


@pytest.mark.story("YU-E09")
def test_an_archivist_hands_in_twice_and_pays_with_the_paper(told: Told) -> None:
    for leg, day in (("leg1_others", "2024-09-11"), ("leg2_intermediate", "2024-10-15")):
        assert topics(told.answers[f"档案员 {leg} {day}"]) == ["case:paper-received:1"]
    assert topics(told.answers["档案员 pays by WITH_PAPER"]) == ["case:fee-paid:1"]
    owed = duties(told, "档案员")
    assert (owed["paid_fen"], paying(told, "档案员")) == (21_500, (215, "WITH_PAPER"))
    assert owed["place"]["short"] == "南湖大道546号4号楼324室"
    assert [(each["leg"], each["received"]) for each in owed["legs"]] == [(1, True), (2, True)]


@pytest.mark.story("YU-E10")
def test_paper_without_its_fee_leads_to_no_title(told: Told) -> None:
    unpaid = told.answers["voted on unpaid"]
    assert codes(unpaid) == ["MATERIAL_MISSING", "PAPER_NOT_HANDED_ON", "FEE_UNPAID"]
    assert {"YU-27", "YU-51"} <= rules(unpaid)
    assert paying(told, "图书员") == (110, "WITH_PAPER")
    assert duties(told, "图书员")["paper"]["required"] is True
    assert "case:recognised:1" in topics(told.answers["voted on"])


def test_papers_that_never_reached_the_last_office_lead_to_no_title(told: Told) -> None:
    without_second_leg = told.answers["voted on without the second leg"]
    assert codes(without_second_leg) == ["MATERIAL_MISSING", "PAPER_NOT_HANDED_ON"]
    assert "YU-27" in rules(told.answers["voted on without the second leg"])
    assert codes(told.answers["by no leg"]) == ["PAPER_LEG_MISSING"]


def test_nobody_is_voted_on_whose_performance_no_paper_shows(told: Told) -> None:
    silent = told.answers["voted on without performance"]
    assert codes(silent) == ["MATERIAL_MISSING"]
    assert rules(silent) == {"YU-02", "YU-06"}
    assert [each["pointer"] for each in silent.body["refusals"]] == ["/materials/performance"]


def test_a_fee_comes_the_way_of_the_notice_and_is_no_more(told: Told) -> None:
    assert codes(told.answers["charged too much"]) == ["FEE_EXCEEDED"]
    assert codes(told.answers["paid by POS"]) == ["FEE_CHANNEL"]
    assert rules(told.answers["paid by POS"]) == {"YU-48", "YU-51"}


@pytest.mark.story("YU-E11")
def test_no_county_collects_the_senior_fee(told: Told) -> None:
    refused = told.answers["县里经济师 pays by cash"]
    assert codes(refused) == ["FEE_CHANNEL"]
    assert "YU-49" in rules(refused)


@pytest.mark.story("YU-E12")
def test_a_payment_before_its_reminder_is_kept_and_marked(yueyang: Yueyang, told: Told) -> None:
    assert topics(told.answers[f"未提醒者 pays by {ONLINE}"]) == ["case:fee-paid:1"]
    history = done(yueyang.office.handler.get(f"{told.paths['未提醒者']}/history")).body["events"]
    paid = history[-1]["fields"]
    assert (paid["amount"], paid["flags"], paid["paid_on"]) == (
        60_000,
        ["FEE_CHANNEL"],
        "2024-09-20",
    )


@pytest.mark.story("YU-E13")
def test_a_series_in_none_of_the_eighteen_places_has_no_place(yueyang: Yueyang) -> None:
    story = Story(yueyang)
    story.case("高校教师", "高校教师系列", "intermediate")
    owed = duties(story.told, "高校教师")
    assert owed["place"] is None
    assert owed["place_unknown"]["code"] == "UNKNOWN_SERIES"
    assert {each["id"] for each in owed["place_unknown"]["rules"]} == {"YU-47"}


@pytest.mark.story("YU-E14")
def test_new_groups_of_artists_hand_in_elsewhere(yueyang: Yueyang) -> None:
    story = Story(yueyang)
    places = []
    for name, belongs in (("院团演员", "false"), ("自由歌手", "true")):
        path = story.case(name, "艺术系列", "intermediate")
        stated = claims("某专业", yueyang.unit) | {
            "particulars": particulars(new_arts_group=belongs)
        }
        done(story.told.people[name].change(path, "/applications", stated))
        places.append(duties(story.told, name)["place"]["short"])
    assert places == ["文化旅游广电局410办公室", "文联组联科A202办公室"]


@pytest.mark.story("YU-E15")
def test_the_city_office_does_not_act_before_county_and_industry(told: Told) -> None:
    ahead = told.answers["ahead of its turn"]
    assert codes(ahead) == ["STAGE_ORDER"]
    assert rules(ahead) == {"YU-07"}
    (refusal,) = ahead.body["refusals"]
    assert "县市区职改办审核、行业主管部门审核" in refusal["detail"]


@pytest.mark.story("YU-E16")
def test_performance_materials_that_come_online_are_kept_and_marked(yueyang: Yueyang) -> None:
    story = Story(yueyang)
    path = story.case("线上业绩", "群文系列", "intermediate")
    applicant = story.told.people["线上业绩"]
    upload = applicant.client.post(
        f"{path}/uploads", SCAN, Content_Type="application/pdf", Idempotency_Key="performance"
    )
    body = {"upload": done(upload).body["upload"], "kind": "performance", "supports": []}
    done(applicant.change(path, "/materials", {**body, "title": "业绩材料"}))
    answered = done(applicant.change(path, "/assessments", {}))
    assert "MATERIAL_CHANNEL" in answered.body["result"]["flags"]
    kinds = [each["kind"] for each in done(applicant.get(path)).body["materials"]]
    assert kinds == ["qualification", "performance"]


@pytest.mark.story("YU-E17")
def test_a_case_that_comes_back_when_it_is_due_is_in_time_and_later_it_has_lapsed(
    yueyang: Yueyang, told: Told
) -> None:
    assert topics(told.answers["filed again"])[0] == "case:resubmitted:1"
    seen = done(yueyang.board.handler.get(told.paths["档案员"])).body
    assert (seen["standing"]["phase"], seen["standing"]["round"]) == ("under_review", 2)
    assert seen["standing"]["stage"] == "committee_office"
    late = told.answers["filed again too late"]
    assert codes(late) == ["STAGE_ORDER"]
    ended = done(yueyang.board.handler.get(told.paths["迟补者"])).body["standing"]
    assert ended["phase"] == "lapsed"


@pytest.mark.story("YU-E19")
def test_a_file_that_may_be_classified_is_shown_to_nobody_and_pauses_its_case(
    yueyang: Yueyang, told: Told
) -> None:
    assert told.answers["looked at"].code == "MATERIAL_WITHHELD"
    assert told.answers["looked at by its owner"].code == "MATERIAL_WITHHELD"
    assert codes(told.answers["recommended"]) == ["CLASSIFIED_SUSPECTED"]
    assert rules(told.answers["recommended"]) == {"YU-11"}
    events = done(yueyang.unit.handler.get(f"{told.paths['涉密者']}/history")).body["events"]
    topics_of = [each["topic"] for each in events]
    assert {"case:material-attached:1", "case:material-withheld:1"} <= set(topics_of)
