"""Fraud, the integrity record and its days; decisions at the end of the year."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from api.archive_keys import TRUSTED
from domain.account.events import Role
from domain.separation import INTEGRITY_LEADER
from tests.api.deliveries import signed
from tests.api.filings import decide, done, filed, opine, passed
from tests.stories.acting import topics
from tests.stories.door import ask, degree

if TYPE_CHECKING:
    from tests.api.actor import Actor
    from tests.api.client import Answer
    from tests.api.society import House
    from tests.api.world import World
    from tests.stories.door import Register

ARCHIVE = Ed25519PrivateKey.from_private_bytes(bytes(31) + b"\x07")


def entered(register: Register, officer: Actor, *lines: dict[str, Any]) -> None:
    """Take in what the archive of another city of the province decided."""
    public = ARCHIVE.public_key().public_bytes_raw().hex()
    trusted = register.services.settings.key_directory / TRUSTED
    trusted.write_text(f"{public} 某市档案\n", encoding="utf-8")
    octets, _ = signed(lines, "mingjian/elsewhere", "2024-04-01T01:00:00+00:00", ARCHIVE)
    done(officer.post("/v1/archive-imports", {"file": octets.decode()}))


def line(number: str, entry: str, starts_on: str, ends_on: str) -> dict[str, Any]:
    """One entry about whoever has the number, for three years, in a whole province."""
    return {
        "annulled": False,
        "area": "湖南省",
        "authority": "益阳市人力资源和社会保障局",
        "decision": f"益人社处字{entry}",
        "document_kind": "resident_identity_card",
        "document_number": number,
        "effect": "block",
        "ends_on": ends_on,
        "entry": entry,
        "ground": "弄虚作假",
        "months": 36,
        "particulars": "学历造假",
        "rules": ["YY-51", "YY-52"],
        "scope": "province",
        "starts_on": starts_on,
        "term_source": "notice",
    }


@pytest.fixture(scope="module")
def bureau(register: Register) -> House:
    """Who takes entries of other archives in."""
    house = register.found(
        "市人社局", register.system, bodies=["city_hr"], level="city", area="湖南省/岳阳市"
    )
    register.seat(house, INTEGRITY_LEADER)
    return house


@pytest.mark.story("YU-E18")
def test_what_one_city_entered_in_december_2023_bars_filing_in_another(
    register: Register, bureau: House
) -> None:
    unit = register.employer("yueyang-2024", kind="institution")
    applicant = register.applicant(unit, "某失信者")
    recorded = line(applicant.number, "entry-2023", "2023-12-01", "2026-12-01")
    entered(register, bureau.integrity_leader, recorded)

    def at(instant: str) -> set[str]:
        return set(
            ask(
                applicant.client,
                unit,
                "yueyang-2024",
                instant,
                title=("群文系列", "音乐", "intermediate"),
                materials=("qualification",),
                educations=[degree("bachelor", "2016-06-30")],
            ).obstacles
        )

    assert at("2024-09-02T10:00:00") == {"INTEGRITY_BLOCK"}
    assert "INTEGRITY_BLOCK" in at("2026-12-01T23:59:59")
    assert "INTEGRITY_BLOCK" not in at("2026-12-02T00:00:00")


@pytest.mark.story("ALL-E10")
def test_each_of_two_entries_runs_by_itself_and_the_expired_one_stays_visible(
    register: Register, bureau: House
) -> None:
    register.at("2025-06-01T00:00:00")
    unit = register.employer("yueyang-2024", kind="institution")
    applicant = register.applicant(unit, "某两次失信者")
    entered(
        register,
        bureau.integrity_leader,
        line(applicant.number, "R1", "2022-03-01", "2025-03-01"),
        line(applicant.number, "R2", "2024-06-18", "2027-06-18"),
    )
    inspector = register.account(register.system, "纪检甲", None, [Role.INSPECTOR])
    body = {"person": applicant.person, "reason": "核查线索"}
    consulted = done(inspector.post("/v1/integrity-consultations", body)).body
    assert consulted["block"] is True
    path = f"/v1/integrity-records?effective_at=2025-06-01&{register.everything()}"
    seen = done(inspector.get(path, Consultation=consulted["consultation"])).body["records"]
    states = {each["starts_on"]: (each["state"], each["ends_on"]) for each in seen}
    assert states == {
        "2022-03-01": ("expired", "2025-03-01"),
        "2024-06-18": ("active", "2027-06-18"),
    }


def investigated(world: World, path: str, cheat: Actor) -> Answer:
    """From the suspicion to the finding, which two officers make on 28 October."""
    officer, leader = world.bureau.integrity_handler, world.bureau.integrity_leader
    opened = done(officer.change(path, "/investigations", {"suspicion": "学位证书疑似伪造"}))
    investigation = f"/v1/investigations/{opened.body['stream']}"
    told = {"allegation": "所交学位证书查无此证"}
    done(officer.change(investigation, "/allegations", told))
    done(cheat.change(investigation, "/statements", {"statement": "我承认"}))
    finding = {"ground": "弄虚作假", "evidence": ["学信系统查无此证"], "finding": "证书系伪造"}
    done(officer.change(investigation, "/proposals", finding))
    decision = {"decision": "寻人社处〔2024〕1号", "finding": "取消申报资格"}
    return leader.change(investigation, "/findings", decision)


def criticised(world: World, path: str) -> Answer:
    """The employer that let it pass is criticised, once its term for an answer is over."""
    officer, leader = world.bureau.integrity_handler, world.bureau.integrity_leader
    case = path.rsplit("/", 1)[-1]
    body: dict[str, Any] = {"target": "organisation", "about": world.school.organisation}
    body |= {"cases": [case], "grounds": "未核对学位证书原件"}
    proposed = done(officer.post("/v1/criticisms", body))
    criticism = f"/v1/criticisms/{proposed.body['stream']}"
    done(officer.change(criticism, "/notifications", {}))
    world.at("2024-11-05T09:00:00")
    issued = {"decision": "寻人社通〔2024〕1号", "text": "审查把关不严，予以通报批评。"}
    return leader.change(criticism, "/issues", issued)


@pytest.mark.story("XW-E22")
def test_fraud_found_in_review_disqualifies_enters_and_criticises(world: World) -> None:
    cheat = world.applicant(world.school, "某造假者")
    path = filed(cheat, world.school)
    passed(path, world.school)
    world.at("2024-10-28T09:00:00")
    found = topics(investigated(world, path, cheat))
    assert [each for each in found if each != "person:filing-ended:1"] == [
        "investigation:misconduct-found:1",
        "case:disqualified:1",
        "integrity:entered:1",
    ]
    assert done(cheat.get(path)).body["standing"]["phase"] == "disqualified"
    assert topics(criticised(world, path)) == ["criticism:issued:1"]
    consulted = done(
        world.inspector.post(
            "/v1/integrity-consultations", {"person": cheat.person, "reason": "核查线索"}
        )
    ).body["consultation"]
    for day, state in (("2027-10-28", "active"), ("2027-10-29", "expired")):
        query = f"effective_at={day}&{world.everything()}"
        seen = world.inspector.get(f"/v1/integrity-records?{query}", Consultation=consulted)
        (entry,) = done(seen).body["records"]
        assert (entry["state"], entry["ends_on"]) == (state, "2027-10-28")
        assert (entry["months"], entry["term_source"]) == (36, "default")


@pytest.mark.story("XW-E23")
def test_a_decision_after_20_december_is_valid_and_marked(world: World) -> None:
    paths = [filed(world.applicant(world.school), world.school) for _ in range(2)]
    for path in paths:
        passed(path, world.school)
        passed(path, world.department)
    decided = []
    for path, instant in zip(paths, ("2024-12-20T23:00:00", "2024-12-21T09:00:00"), strict=True):
        world.at(instant)
        judged = {"question": "TABLE_NOT_SUPPLIED", "satisfied": True, "grounds": "符合年限。"}
        done(world.bureau.handler.change(path, "/judgements", judged))
        done(opine(world.bureau.handler, path))
        decided.append(topics(decide(world.bureau.leader, path)))
    assert all("case:recognised:1" in each for each in decided)
    assert ["case:overdue-flagged:1" in each for each in decided] == [False, True]
    last = done(world.bureau.handler.get(f"{paths[1]}/history")).body["events"]
    (marked,) = (e["fields"] for e in last if e["topic"] == "case:overdue-flagged:1")
    assert (marked["due_on"], marked["happened_on"]) == ("2024-12-20", "2024-12-21")
    assert "XW-35" in marked["rules"]
