"""Policy packs as reference data, and the law asked without filing."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from api.app import open_services
from api.demo.xunwu.claims import claims
from api.law.library import Library
from api.law.packs import load_default
from domain.single_events import PolicyPublished
from tests.api.filings import PACK, title

if TYPE_CHECKING:
    from tests.api.client import Answer
    from tests.api.society import House
    from tests.api.world import World


def published(world: World, digest: str) -> list[PolicyPublished]:
    events = world.services.record.load(f"policy-{digest}").events
    return [event for event in events if isinstance(event, PolicyPublished)]


def test_every_pack_is_on_record_under_its_digest(world: World) -> None:
    packs = world.auditor.get("/v1/policy-packs").body["packs"]
    assert PACK in {each["pack"] for each in packs}
    for pack in packs:
        (event,) = published(world, pack["digest"])
        assert (event.pack, event.number) == (pack["pack"], pack["number"])


def test_serving_the_record_anew_appends_nothing(world: World) -> None:
    services = world.services
    head = services.record.head()
    again = open_services(services.settings, services.ground, world.clock)
    assert {law.id for law in again.office.laws} >= {PACK}
    again.close()
    assert services.record.head() == head


def test_the_record_alone_gives_every_text_that_was_relied_on(world: World) -> None:
    bare = Library(load_default(), ()).over(world.services.record)
    for pack in world.auditor.get("/v1/policy-packs").body["packs"]:
        law = bare.under(pack["digest"])
        assert law is not None
        assert [each["digest"] for each in pack["layers"]] == [digest for _, digest in law.layers]
    assert bare.under("0" * 64) is None


def test_a_pack_shows_its_rules_with_their_words(world: World) -> None:
    answer = world.auditor.get(f"/v1/policy-packs/{PACK}")
    rules = {rule["id"]: rule for rule in answer.body["rules"]}
    assert "不能为同一人" in rules["XW-23"]["quote"]
    for section in ("batches", "windows", "stages", "materials"):
        assert answer.body[section], section
        assert all(set(each["rules"]) <= set(rules) for each in answer.body[section]), section


def test_a_pack_that_is_known_is_not_sent_again(world: World) -> None:
    first = world.auditor.get(f"/v1/policy-packs/{PACK}")
    again = world.auditor.get(f"/v1/policy-packs/{PACK}", If_None_Match=first.headers["ETag"])
    assert (again.status, again.body) == (304, "")
    assert world.auditor.get("/v1/policy-packs/atlantis-2024").code == "NOT_FOUND"


def ask(world: World, house: House, **members: Any) -> Answer:  # noqa: ANN401 -- of a request
    body = {
        **title(house),
        "application": claims(insured=house.name),
        "materials": ["diploma", "achievement_evidence"],
        "supported": ["degree", "report"],
        **members,
    }
    return world.applicant(house).client.post("/v1/eligibility-checks", body)


def test_what_the_notice_leaves_out_is_said_and_not_guessed(world: World) -> None:
    answer = ask(world, world.school)
    verdict = answer.body["verdict"]
    assert verdict["outcome"] == "undetermined"
    assert "TABLE_NOT_SUPPLIED" in {each["code"] for each in verdict["refusals"]}
    assert answer.body["obstacles"] == []
    assert answer.body["law"]["pack"] == PACK


def test_a_check_leaves_no_trace(world: World) -> None:
    ask(world, world.school)
    last = world.services.record.rows(world.services.record.head() - 1, 1)
    assert [row[3] for row in last] == ["account:activated:1"]


def test_a_check_names_every_condition_with_its_rule(world: World) -> None:
    answer = ask(world, world.school, application=claims(education="college"))
    verdict = answer.body["verdict"]
    assert verdict["outcome"] == "ineligible"
    unmet = [each for each in verdict["conditions"] if each["status"] == "unmet"]
    assert all(each["rules"] for each in unmet)
    codes = {each["code"] for each in answer.body["obstacles"]}
    assert codes >= {each["refusal"]["code"] for each in unmet}


def test_a_check_for_a_day_outside_the_window_says_so(world: World) -> None:
    answer = ask(world, world.school, filed_at="2024-11-21T00:00:00+08:00")
    assert "WINDOW_CLOSED" in {each["code"] for each in answer.body["obstacles"]}


def test_a_check_needs_a_pack_and_an_employer_that_exist(world: World) -> None:
    assert ask(world, world.school, pack="atlantis-2024").code == "POLICY_UNKNOWN"
    nowhere = "organisation-0192f0a0-0000-7000-8000-000000000000"
    assert ask(world, world.school, employer=nowhere).code == "EMPLOYER_UNKNOWN"


def test_an_applicant_cannot_state_what_the_register_says_of_the_employer(world: World) -> None:
    stated = [
        {"claim": "own", "name": "unit.ownership", "value": "state"},
        {"claim": "kind", "name": "unit.type", "value": "institution"},
    ]
    answer = ask(
        world,
        world.enterprise,
        series="工程",
        application={**claims(insured=world.enterprise.name), "particulars": stated},
    )
    rules = {rule["id"] for each in answer.body["obstacles"] for rule in each["rules"]}
    assert "XW-18" in rules
