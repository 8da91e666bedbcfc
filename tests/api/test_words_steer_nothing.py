"""A word that a caller chooses decides nothing: not a verdict, not a pause, not a judgement."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from audit.whole import check_whole
from tests.api.filings import decide, done, filed, opine

if TYPE_CHECKING:
    from tests.api.world import World

WORDS = ("OBJECTION_UPHELD", "VOTE_NOT_CARRIED", "returned", "withdrawn", "integrity_leader")


@pytest.mark.parametrize("word", WORDS)
def test_a_leader_who_rejects_is_a_leader_whatever_the_reason_is_called(
    world: World, word: str
) -> None:
    path = filed(world.applicant(world.school), world.school)
    done(opine(world.school.handler, path))
    rules = ["XW-05"]
    called = {"decision": "reject", "reasons": [{"code": word, "rules": rules}], "opinion": word}
    assert decide(world.school.leader, path, **called).code == "FIELDS_REFUSED"
    called |= {"reasons": [{"code": "CONDITION_NOT_MET", "rules": rules}]}
    done(decide(world.school.leader, path, **called))
    (stage,) = separation(world, path)
    assert (stage["verdict"], stage["basis"]) == ("DIFFERENT", None)
    case = path.removeprefix("/v1/cases/")
    (proven,) = check_whole(world.services.record).verdicts[case]
    assert (proven.verdict, proven.basis) == ("DIFFERENT", None)
    slip = {"reason": "点错"}
    assert done(world.school.handler.change(path, "/rescissions", slip)).status == 201


def test_a_rescission_is_confirmed_by_an_appointment_that_the_record_names(world: World) -> None:
    path = filed(world.applicant(world.school), world.school)
    done(opine(world.school.handler, path))
    done(world.school.handler.change(path, "/rescissions", {"reason": "点错"}))
    done(world.school.leader.change(path, "/rescissions/current/confirmations", {}))
    (proven,) = check_whole(world.services.record).verdicts[path.removeprefix("/v1/cases/")]
    assert (proven.verdict, proven.handler, proven.flaws) == ("OPEN", None, ())


def test_nobody_judges_what_was_not_asked(world: World) -> None:
    path = filed(world.applicant(world.school), world.school)
    for satisfied in (True, False):
        judgement = {"question": "NOBODY_ASKED", "satisfied": satisfied, "grounds": "符合"}
        answer = world.school.handler.change(path, "/judgements", judgement)
        assert (answer.status, answer.code) == (409, "UNKNOWN_QUESTION")


def test_a_file_is_withheld_for_a_cause_that_is_known(world: World) -> None:
    path = filed(world.applicant(world.school), world.school)
    (file, *_) = done(world.school.handler.get(path)).body["materials"]
    act = f"/materials/{file['material']}/withholdings"
    for cause in ("CLASSIFIED", "classified_suspected", "CLASSIFIED-SUSPECTED"):
        answer = world.school.handler.change(path, act, {"cause": cause})
        assert (answer.status, answer.code) == (422, "FIELDS_REFUSED")
    done(world.school.handler.change(path, act, {"cause": "CLASSIFIED_SUSPECTED"}))
    assert {each["code"] for each in opine(world.school.handler, path).body["refusals"]} == {
        "CLASSIFIED_SUSPECTED"
    }


def separation(world: World, path: str) -> list[dict[str, Any]]:
    """What the view says of a case."""
    answer = world.auditor.get(f"{path}/separation?{world.everything()}")
    stages: list[dict[str, Any]] = done(answer).body["stages"]
    return stages
