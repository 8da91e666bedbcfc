"""Who answers for what (责任链): who reviewed a case at each stage, on what, and with whom else.

For auditors and inspectors: what each reviewer verified claim by claim, which materials were
before them then, and which other cases the same two persons passed together.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from marshmallow import fields

from api.access import Act
from api.acts import folding
from api.acts.case_reading import read_case
from api.conventions.blueprint import Blueprint
from api.conventions.fields import AnswerSchema
from api.http.acting import acting
from api.http.lists import scope_to_list
from api.http.person_names import called_then
from api.http.rows import members, nested, shows
from api.problems import Problem
from api.services import services
from domain.actor import AccountActor
from domain.case.handed_in import materials_of
from domain.case.handler_opinion import HandlerOpinionGiven
from domain.case.leader_decision import CaseNotAccepted, CaseRejected, LeaderApproved
from domain.case.returning import CaseReturned
from domain.case.values import Verification
from domain.separation import HANDLER, LEADER
from projections import case_acts, case_scope

if TYPE_CHECKING:
    from collections.abc import Iterator

    from psycopg import Connection

    from api.acts.acting import Acting
    from api.acts.case_reading import SeenCase
    from audit.record import Recorded

blueprint = Blueprint(
    "responsibility", prefix="/v1/cases", description="责任链 / who answers for what"
)

Reviewed = HandlerOpinionGiven | LeaderApproved | CaseReturned | CaseNotAccepted | CaseRejected
_MOST = 200


@shows(Verification, "claim finding materials")
class FindingSchema(AnswerSchema):
    """What was found about one claim, on which materials."""

    kind = fields.String()


@shows(HandlerOpinionGiven, "stage organisation round substitute")
@shows(AccountActor, "person account appointment")
class AnswerableSchema(AnswerSchema):
    """One reviewing act and what its author had before them; ``name`` is that of then."""

    seat = fields.String()
    act = fields.String()
    name = fields.String()
    at = fields.AwareDateTime()
    position = fields.Integer()
    verified = nested(FindingSchema)
    materials = fields.List(fields.String())


class PairSchema(AnswerSchema):
    """Two persons who passed a stage together, with other cases that both acted in."""

    handler = fields.String()
    leader = fields.String()
    cases = fields.List(fields.String())


class ResponsibilitySchema(AnswerSchema):
    """The chain of responsibility of a case."""

    case = fields.String()
    acts = nested(AnswerableSchema)
    pairs = nested(PairSchema)


class CopySchema(AnswerSchema):
    """The same file elsewhere."""

    material = fields.String()
    case = fields.String()


class MaterialCopiesSchema(AnswerSchema):
    """Every other place where a file with the same content was handed in.

    ``elsewhere`` counts those in cases over which the caller does not watch.
    """

    copies = fields.List(fields.Nested(CopySchema))
    elsewhere = fields.Integer()


@blueprint.get("/<case_id>/responsibility")
@blueprint.response(200, ResponsibilitySchema)
def read_responsibility(case_id: str) -> dict[str, Any]:
    """Read who reviewed the case at each stage, on what, and with whom else."""
    who = acting()
    seen = read_case(services().office, who, case_id, Act.READ_RESPONSIBILITY)
    acts = list(_acts(seen))
    names = called_then((each["person"], each["position"]) for each in acts)
    pairs = []
    with services().views.connection() as connection:
        for handler, leader in _pairs(acts):
            shared = _shared(connection, case_id, (handler, leader))
            cases = sorted(_watched(connection, who, shared))
            pairs.append({"handler": handler, "leader": leader, "cases": cases})
    return {
        "case": case_id,
        "acts": [{**each, "name": name} for each, name in zip(acts, names, strict=True)],
        "pairs": pairs,
    }


@blueprint.get("/<case_id>/materials/<material>/copies")
@blueprint.response(200, MaterialCopiesSchema)
def read_copies(case_id: str, material: str) -> dict[str, Any]:
    """Find the same file in other cases."""
    who = acting()
    seen = read_case(services().office, who, case_id, Act.READ_RESPONSIBILITY)
    if material not in {each.material for each in seen.case.materials}:
        raise Problem("NOT_FOUND")
    found = [each for each in services().fingerprints.copies(material) if _handed_in(*each)]
    with services().views.connection() as connection:
        watched = _watched(connection, who, {case for _, case in found})
    copies = [{"material": other, "case": case} for other, case in found if case in watched]
    return {"copies": copies, "elsewhere": len(found) - len(copies)}


def _handed_in(material: str, case: str) -> bool:
    """Whether a file was ever handed in with a case; what lies in a draft is nobody's business."""
    return material in materials_of(services().record.load(case).events)


def _watched(connection: Connection[Any], who: Acting, cases: set[str]) -> set[str]:
    """Those of some cases over which the caller watches."""
    scope = scope_to_list(Act.READ_RESPONSIBILITY, who)
    return case_scope.shown(connection, scope, cases)


def _acts(seen: SeenCase) -> Iterator[dict[str, Any]]:
    for one in seen.history.recorded:
        if isinstance(one.event, Reviewed) and isinstance(one.actor, AccountActor):
            yield _act(seen, one, one.event, one.actor)


def _act(seen: SeenCase, one: Recorded, event: Reviewed, actor: AccountActor) -> dict[str, Any]:
    before = folding.case(seen.history.as_of(one.position))
    assert before is not None
    claims = before.claims
    seat = event.seat if isinstance(event, CaseReturned) else LEADER
    return members(actor) | members(
        event,
        seat=HANDLER if isinstance(event, HandlerOpinionGiven) else seat,
        act=event.chinese,
        at=one.recorded_at,
        position=one.position,
        verified=_verified(event, claims),
        materials=[each.material for each in before.materials],
    )


def _verified(event: Reviewed, claims: dict[str, str]) -> list[dict[str, Any]]:
    if not isinstance(event, HandlerOpinionGiven):
        return []
    return [members(each, kind=claims.get(each.claim, "")) for each in event.verifications]


def _pairs(acts: list[dict[str, Any]]) -> list[tuple[str, str]]:
    """Handler and leader of each stage and round, each pair once."""
    found: dict[tuple[str, str], None] = {}
    for handled in acts:
        for led in acts:
            same = all(handled[key] == led[key] for key in ("stage", "organisation", "round"))
            if same and handled["seat"] == HANDLER and led["seat"] == LEADER:
                found[handled["person"], led["person"]] = None
    return list(found)


def _shared(connection: Connection[Any], case_id: str, pair: tuple[str, str]) -> set[str]:
    """Other cases in which both persons acted, among the latest acts of each."""
    acted = [
        {each.case for each in case_acts.of_persons(connection, [person], limit=_MOST)}
        for person in pair
    ]
    return set.intersection(*acted) - {case_id}
