"""Which investigations there are: to whom they are told, as far as each may know, without words."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any
from urllib.parse import quote

import orjson
import pytest

from tests.api.filings import done
from tests.api.test_due_process import DECISION, FINDING, opened, suspect, tell

if TYPE_CHECKING:
    from tests.api.actor import Actor
    from tests.api.world import World

WORDS = ("疑似伪造", "查无此证", "没有造假", "证书系伪造", "弄虚作假属实")
"""Of the suspicion, the allegation, the statement, the proposal and the finding."""
HELD = {"ground", "decision", "review"}


class Suspected:
    """Somebody under investigation, and what the list says of it to whoever asks."""

    def __init__(self, world: World) -> None:
        self.world, (self.applicant, self.case) = world, suspect(world)
        self.officer, self.leader = world.bureau.integrity_handler, world.bureau.integrity_leader
        self.path = opened(self.officer, self.case)
        self.named = f"subject:{self.applicant.person}"

    def listed(self, by: Actor, query: str = "") -> list[dict[str, Any]]:
        """What somebody is shown of it, counted as shown, and without a word that was said."""
        asked = quote(f"{self.named} {query}")
        answer = done(by.get(f"/v1/investigations?q={asked}&{self.world.everything()}"))
        rows: list[dict[str, Any]] = answer.body["investigations"]
        assert answer.body["count"] == len(rows)
        assert not [each for each in WORDS if each in str(answer.body)]
        return rows

    def phases(self, *several: Actor) -> list[list[str]]:
        """In which phase each of several is told that it is."""
        return [[each["phase"] for each in self.listed(by)] for by in several]

    def propose(self) -> None:
        """The person is heard, and the first officer proposes what to find."""
        done(tell(self.officer, self.path))
        done(self.applicant.change(self.path, "/statements", {"statement": "我没有造假"}))
        done(self.officer.change(self.path, "/proposals", FINDING))


@pytest.fixture
def suspected(world: World) -> Suspected:
    return Suspected(world)


def test_officers_inspectors_and_in_time_the_person_are_told_of_it_and_nobody_else(
    suspected: Suspected,
) -> None:
    world = suspected.world
    watching = (suspected.officer, suspected.leader, world.inspector)
    (row,) = suspected.listed(suspected.officer)
    assert f"/v1/investigations/{row['investigation']}" == suspected.path
    assert (row["subject"], row["organisation_name"]) == (
        suspected.applicant.person,
        world.bureau.name,
    )
    assert row["number"] == done(suspected.officer.get(suspected.case)).body["number"]
    assert {row[each] for each in HELD} == {None}
    assert suspected.phases(*watching) == [["opened"]] * 3
    others = (
        suspected.applicant,
        world.applicant(world.school),
        world.school.handler,
        world.bureau.handler,
        world.department.leader,
    )
    assert suspected.phases(*others) == [[]] * 5
    assert world.auditor.get("/v1/investigations").code == "FORBIDDEN"
    assert world.school.administrator.get("/v1/investigations").code == "FORBIDDEN"
    done(tell(suspected.officer, suspected.path))
    assert suspected.phases(*watching, *others) == [["notified"]] * 4 + [[]] * 4


def test_what_is_proposed_shows_to_nobody_before_it_is_decided(suspected: Suspected) -> None:
    everybody = (suspected.officer, suspected.world.inspector, suspected.applicant)
    suspected.propose()
    told = [suspected.listed(each) for each in everybody]
    assert [(row["phase"], row["ground"]) for (row,) in told] == [("answered", None)] * 3
    assert [suspected.listed(each, "found:yes") for each in everybody] == [[]] * 3
    done(suspected.leader.change(suspected.path, "/findings", DECISION))
    told = [suspected.listed(each, "found:yes") for each in everybody]
    assert [(row["phase"], row["ground"]) for (row,) in told] == [("found", "弄虚作假")] * 3
    assert {row["decision"] for (row,) in told} == {DECISION["decision"]}


def test_whoever_was_never_told_of_what_was_closed_is_not_told_by_the_list(
    suspected: Suspected,
) -> None:
    closing = {"decision": "寻人社处〔2024〕30号", "reason": "查无实据"}
    done(suspected.leader.change(suspected.path, "/closures", closing))
    assert suspected.phases(suspected.leader, suspected.applicant) == [["closed"], []]


def test_it_is_found_by_what_is_so_of_it_and_by_nothing_else(suspected: Suspected) -> None:
    officer, case = suspected.officer, suspected.case.rpartition("/")[2]
    assert suspected.listed(officer, "answer_by:>=2024-01-01") == []
    done(tell(officer, suspected.path))
    for query in (
        f"case:{case} org:{suspected.world.bureau.organisation}",
        "phase:notified,found found:no",
        "状态：已告知 查实:否",
        "opened:2024-10-15 answer_by:2024-10-01..2024-12-31",
        "-phase:opened,answered -found:yes",
    ):
        assert len(suspected.listed(officer, query)) == 1, query
    for query in ("phase:opened", "found:yes", "opened:<2024-10-15", "answer_by:<2024-10-15"):
        assert suspected.listed(officer, query) == [], query
        assert len(suspected.listed(officer, f"-{query}")) == 1, query
    for wrong in ("phase:proposed", "found:maybe", "subject:x", "suspicion:伪造"):
        refused = officer.get(f"/v1/investigations?q={quote(wrong)}")
        assert (refused.status, refused.code) == (422, "FIELDS_REFUSED"), wrong
        assert {each["pointer"] for each in refused.body["errors"]} == {"/query/q"}


def test_an_inspector_takes_out_what_the_list_shows(suspected: Suspected) -> None:
    world, inspector = suspected.world, suspected.world.inspector
    done(tell(suspected.officer, suspected.path))
    body = {"list": "investigations", "q": f"{suspected.named} phase:notified"}
    taken = done(inspector.post("/v1/exports", body, mandate=world.whole(inspector))).body
    row, trailer = (orjson.loads(line) for line in taken.splitlines())
    assert (row["person"], row["phase"]) == (suspected.applicant.person, "notified")
    assert trailer["trailer"]["count"] == 1
    assert not [each for each in WORDS if each in str(taken)]
    by_auditor = world.auditor.post("/v1/exports", body, mandate=world.whole(inspector))
    assert by_auditor.code == "FORBIDDEN"
