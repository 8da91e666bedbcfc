"""What an integrity record does to a filing: barred, warned or marked, whoever files and where."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, Any
from uuid import uuid4

import pytest

from domain.account.events import Role
from tests.api.deliveries import line, sent, trust
from tests.api.filings import DECLARED, done, draft, file, filed, passed
from tests.api.test_at_once import at_once

if TYPE_CHECKING:
    from audit.record import Appended, AppendRequest
    from tests.api.actor import Actor
    from tests.api.client import Answer
    from tests.api.world import World


@pytest.fixture(scope="module")
def trusting(world: World) -> World:
    """The county, which trusts an archive that sends it entries."""
    trust(world)
    return world


def entered(world: World, person: Actor, **members: Any) -> Answer:  # noqa: ANN401 -- of a line
    """Another archive's entry about somebody, on the record here."""
    return done(sent(world, line(person.number, f"entry-{uuid4().hex[:8]}", **members)))


def block(answer: Answer) -> dict[str, Any]:
    """The refusal for the record."""
    (one,) = (e for e in answer.body["refusals"] if e["code"] == "INTEGRITY_BLOCK")
    return dict(one)


def flags(person: Actor, filing: Answer) -> set[str]:
    """What a case that was filed is marked with."""
    case = done(person.get(f"/v1/cases/{done(filing).body['stream']}")).body
    return set(case["result"]["flags"])


def test_a_refused_filing_names_the_term_and_the_clause(trusting: World) -> None:
    applicant = trusting.applicant(trusting.school)
    path = draft(applicant, trusting.school)
    entered(trusting, applicant)
    refused = file(applicant, path)
    assert refused.status == 409
    assert "2027-10-14 24 时" in block(refused)["detail"]
    assert block(refused)["rules"]
    quoted = {each["id"]: each["quote"] for each in refused.body["rules"]}
    assert all(quoted[each] for each in block(refused)["rules"])


def test_another_document_of_the_same_person_is_barred_too(trusting: World) -> None:
    one, other = trusting.applicant(trusting.school), trusting.applicant(trusting.enterprise)
    path = draft(other, trusting.enterprise)
    entered(trusting, one)
    body = {"first": one.person, "second": other.person, "evidence": "人脸比对一致"}
    proposed = done(trusting.bureau.handler.post("/v1/person-links", body))
    link = f"/v1/person-links/{proposed.body['stream']}"
    done(trusting.bureau.leader.change(link, "/confirmations", {}))
    assert block(file(other, path))


def test_no_correction_of_a_binding_lifts_a_block(trusting: World) -> None:
    cheat, clerks = trusting.applicant(trusting.school, "某被限者"), trusting.bureau
    entered(trusting, cheat)
    renewed = cheat.number
    for name in ("某新人", "某又一新人"):
        moved = {
            "document": {"kind": "resident_identity_card", "number": renewed},
            "name": name,
            "evidence": "录入时选错了人",
        }
        proposed = done(clerks.handler.post("/v1/binding-corrections", moved)).body["stream"]
        correction = f"/v1/binding-corrections/{proposed}"
        done(clerks.leader.change(correction, "/confirmations", {}))
        house = trusting.enterprise
        newcomer = trusting.account(
            house.administrator, name, house.organisation, [Role.APPLICANT], renewed
        )
        assert newcomer.person != cheat.person
        for officer in (clerks.handler, clerks.leader):
            seen = {"shown": "resident_identity_card"}
            done(officer.post(f"/v1/accounts/{newcomer.account}/attestations", seen))
        assert block(file(newcomer, draft(newcomer, house)))
        asked = {"person": newcomer.person, "reason": "核对"}
        consulted = done(house.handler.post("/v1/integrity-consultations", asked)).body
        assert consulted["block"] is True


def test_no_link_that_is_severed_lifts_a_block_that_was_entered_before(trusting: World) -> None:
    one = trusting.applicant(trusting.enterprise)
    other = trusting.applicant(trusting.enterprise)
    path = draft(other, trusting.enterprise)
    entered(trusting, one)
    body = {"first": one.person, "second": other.person, "evidence": "人脸比对一致"}
    proposed = done(trusting.bureau.handler.post("/v1/person-links", body))
    link = f"/v1/person-links/{proposed.body['stream']}"
    done(trusting.bureau.leader.change(link, "/confirmations", {}))
    done(trusting.bureau.handler.change(link, "/severances", {"evidence": "比对有误"}))
    done(trusting.bureau.leader.change(link, "/severances/confirmations", {}))
    assert block(file(other, path))
    innocent = trusting.applicant(trusting.enterprise)
    assert file(innocent, draft(innocent, trusting.enterprise)).status == 201


def test_an_entry_that_warns_marks_the_filing_and_one_elsewhere_does_as_well(
    trusting: World,
) -> None:
    people = [trusting.applicant(trusting.school) for _ in range(3)]
    warned, elsewhere, neither = people
    entered(trusting, warned, effect="warn")
    entered(trusting, elsewhere, area="湖南省")
    marks = [flags(each, file(each, draft(each, trusting.school))) for each in people]
    assert "INTEGRITY_WARNING" in marks[0]
    assert "INTEGRITY_ELSEWHERE" in marks[1]
    assert not marks[2] & {"INTEGRITY_WARNING", "INTEGRITY_ELSEWHERE"}
    assert neither.person


def test_entries_stand_side_by_side_and_the_longest_governs(trusting: World) -> None:
    applicant = trusting.applicant(trusting.school)
    path = draft(applicant, trusting.school)
    entered(trusting, applicant, ends_on="2026-03-31")
    last = entered(trusting, applicant, ends_on="2025-06-30")
    assert "2026-03-31 24 时" in block(file(applicant, path))["detail"]
    asked = {"person": applicant.person, "reason": "核查线索"}
    consulted = done(trusting.inspector.post("/v1/integrity-consultations", asked)).body
    seen = trusting.inspector.get(
        f"/v1/integrity-records?wait_for={last.body['position']}",
        Consultation=consulted["consultation"],
    )
    ends = [each["ends_on"] for each in done(seen).body["records"]]
    assert sorted(ends) == ["2025-06-30", "2026-03-31"]


def test_a_record_that_is_entered_while_a_filing_is_on_its_way_wins(
    trusting: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    applicant = trusting.applicant(trusting.school)
    path = draft(applicant, trusting.school)
    record = trusting.services.record
    append = record.append

    def overtaken(request: AppendRequest) -> Appended:
        """The entry is recorded between the decision on the filing and its append."""
        monkeypatch.undo()
        entered(trusting, applicant)
        return append(request)

    trusting.bureau.integrity_leader.sign_in()
    seen = done(applicant.get(path)).body["version"]
    monkeypatch.setattr(record, "append", overtaken)
    refused = applicant.post(f"{path}/submissions", DECLARED, version=seen)
    assert block(refused)
    assert done(applicant.get(path)).body["standing"]["phase"] == "draft"


def test_of_filings_and_entries_at_once_none_is_filed_behind_its_entry(trusting: World) -> None:
    for _ in range(6):
        applicant = trusting.applicant(trusting.school)
        path = draft(applicant, trusting.school)
        one = line(applicant.number, f"entry-{uuid4().hex[:8]}")
        trusting.bureau.integrity_leader.sign_in()
        filing, entry = at_once(partial(file, applicant, path), partial(sent, trusting, one))
        assert done(entry).body["entered"]
        if filing.status == 201:
            assert filing.body["position"] < entry.body["position"]
        else:
            assert block(filing)


def test_three_years_from_a_leap_day_end_on_the_last_of_february(trusting: World) -> None:
    cheat = trusting.applicant(trusting.school, "某闰日者")
    path = filed(cheat, trusting.school)
    passed(path, trusting.school)
    officer, leader = trusting.bureau.integrity_handler, trusting.bureau.integrity_leader
    opened = done(officer.change(path, "/investigations", {"suspicion": "疑似伪造"}))
    investigation = f"/v1/investigations/{opened.body['stream']}"
    done(officer.change(investigation, "/allegations", {"allegation": "…"}))
    trusting.at("2028-02-29T10:00")
    finding = {"ground": "弄虚作假", "evidence": ["查无此证"], "finding": "证书系伪造"}
    done(officer.change(investigation, "/proposals", finding))
    decision = {"decision": "寻人社处〔2028〕1号", "finding": "取消申报资格"}
    found = done(leader.change(investigation, "/findings", decision))
    asked = {"person": cheat.person, "reason": "核查线索"}
    consulted = done(trusting.inspector.post("/v1/integrity-consultations", asked)).body

    def state(day: str) -> tuple[str, str, str]:
        seen = trusting.inspector.get(
            f"/v1/integrity-records?effective_at={day}&wait_for={found.body['position']}",
            Consultation=consulted["consultation"],
        )
        (one,) = done(seen).body["records"]
        return one["starts_on"], one["ends_on"], one["state"]

    assert state("2031-02-28") == ("2028-02-29", "2031-02-28", "active")
    assert state("2031-03-01") == ("2028-02-29", "2031-02-28", "expired")
