"""Whoever was erased and comes again can file again, and what bars them follows them still."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from api.demo.xunwu.claims import claims
from api.http.masking import ERASED
from tests.api.deliveries import line, sent, trust
from tests.api.filings import done, draft, file, filed, title

if TYPE_CHECKING:
    from tests.api.actor import Actor
    from tests.api.world import World

DECISION = {"decision": "寻人社删〔2024〕5号"}
CARD = "resident_identity_card"
SOME, ALL = ("applicant", "discipline"), ("applicant", "discipline", "official")


def asked(world: World, leaver: Actor, *purposes: str) -> str:
    """The path of an erasure that somebody asked for of themselves."""
    body = {
        "person": leaver.person,
        "purposes": purposes,
        "organisation": world.bureau.organisation,
        "basis": "个人信息保护法第四十七条",
        "reason": "本人申请",
    }
    return f"/v1/erasures/{done(leaver.post('/v1/erasures', body)).body['stream']}"


def erased(world: World, leaver: Actor, *purposes: str) -> None:
    path = asked(world, leaver, *purposes)
    done(world.bureau.integrity_handler.change(path, "/approvals", {"grounds": "符合条件"}))
    done(world.bureau.integrity_leader.change(path, "/orders", DECISION))


def linked(world: World, one: Actor, other: Actor) -> None:
    body = {"first": one.person, "second": other.person, "evidence": "两份证件照片一致"}
    proposed = done(world.bureau.handler.post("/v1/person-links", body))
    path = f"/v1/person-links/{proposed.body['stream']}"
    done(world.bureau.leader.change(path, "/confirmations", {}))


def test_an_erased_applicant_files_again_and_only_what_was_said_since_is_shown(
    world: World,
) -> None:
    leaver = world.applicant(world.school, "某再来者")
    before = draft(leaver, world.school)
    for _ in range(2):
        erased(world, leaver, *SOME)
        again = draft(leaver, world.school)
        assert ERASED in str(done(leaver.get(before)).body)
        assert ERASED not in str(done(leaver.get(again)).body)
        before = again
    done(file(leaver, again))
    assert ERASED not in str(done(world.school.handler.get(again)).body)


def test_what_is_decided_after_an_erasure_follows_whom_it_is_about(world: World) -> None:
    trust(world)
    leaver = world.applicant(world.school, "某失信再来者")
    erased(world, leaver, *SOME)
    taken = done(sent(world, line(leaver.number, "entry-after-erasure")))
    assert taken.body["entered"] == ["entry-after-erasure"]
    answer = file(leaver, draft(leaver, world.school))
    assert "INTEGRITY_BLOCK" in {each["code"] for each in answer.body["refusals"]}


def test_whoever_was_forgotten_comes_again_with_the_same_document_as_somebody_new(
    world: World,
) -> None:
    leaver = world.applicant(world.school, "某被忘者")
    draft(leaver, world.school)
    leaver.sign_in()
    erased(world, leaver, *ALL)
    assert world.services.record.person_of(CARD, leaver.number) is None
    path = done(leaver.post("/v1/cases", title(world.school))).body["stream"]
    stated = leaver.change(f"/v1/cases/{path}", "/applications", claims(insured=world.school.name))
    assert (stated.status, stated.code) == (409, "ERASED")
    again = world.applicant(world.school, "某被忘者", leaver.number)
    assert again.person != leaver.person
    case = filed(again, world.school)
    assert done(world.school.handler.get(case)).status == 200


def test_a_human_being_is_forgotten_under_every_document(world: World) -> None:
    """Or a block on the one would not be found by the other."""
    one = world.applicant(world.school, "某两证者")
    other = world.applicant(world.school, "某两证者")
    left = draft(other, world.school)
    linked(world, one, other)
    erased(world, one, *ALL)
    for each in (one, other):
        assert world.services.record.person_of(CARD, each.number) is None
        seen = done(world.school.administrator.get(f"/v1/persons/{each.person}")).body
        assert seen["name"] == ERASED
    files = world.services.office.desk().case(left.rsplit("/", maxsplit=1)[-1])
    assert files is not None
    materials = [each.material for each in files.materials]
    assert world.services.record.attachments.with_bytes(materials) == set()


@pytest.mark.parametrize("purposes", [("official",), ("applicant", "official")])
def test_name_and_documents_go_with_everything_else_or_not_at_all(
    world: World, purposes: tuple[str, ...]
) -> None:
    leaver = world.applicant(world.school)
    body = {
        "person": leaver.person,
        "purposes": purposes,
        "organisation": world.bureau.organisation,
        "basis": "个人信息保护法第四十七条",
        "reason": "本人申请",
    }
    answer = leaver.post("/v1/erasures", body)
    assert (answer.status, answer.body["refusals"][0]["code"]) == (409, "FORGOTTEN_WHOLE")
