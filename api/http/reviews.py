"""What reviewers do on a case: opinion, decision, return, judgement, substitute, certificate."""

from __future__ import annotations

from typing import Any

from api.acts.reviewing import Found, Mend
from api.conventions.blueprint import Blueprint
from api.http.acting import Answered, AppendedSchema, commanding, deciding
from api.http.case_bodies import (
    DecisionBody,
    JudgementBody,
    OpinionBody,
    ReturnBody,
    SubstituteBody,
)
from api.http.cases import done
from api.services import services
from domain.case.values import Reason, Recommendation

blueprint = Blueprint("reviews", prefix="/v1/cases", description="审查 / reviewing cases")


@blueprint.post("/<case_id>/handler-opinions")
@blueprint.appends(to_existing=True)
@blueprint.arguments(OpinionBody)
@blueprint.response(201, AppendedSchema)
def give_opinion(body: dict[str, Any], case_id: str) -> Answered:
    """Give the handler's opinion, with what was found about each claim."""
    who = commanding(to_existing=True)
    answer = services().office.reviewing.give_opinion(
        who,
        case_id,
        recommendation=Recommendation(body["recommendation"]),
        reasons=_reasons(body),
        found=tuple(
            Found(**{**each, "materials": tuple(each["materials"])})
            for each in body["verifications"]
        ),
        opinion=body["opinion"],
    )
    return done(who, answer, case_id)


@blueprint.post("/<case_id>/leader-decisions")
@blueprint.appends(to_existing=True)
@blueprint.arguments(DecisionBody)
@blueprint.response(201, AppendedSchema)
def decide(body: dict[str, Any], case_id: str) -> Answered:
    """Decide the present stage as its leader, after the handler's opinion of this round."""
    who = deciding()
    answer = services().office.reviewing.decide_as_leader(
        who,
        case_id,
        decision=Recommendation(body["decision"]),
        reasons=_reasons(body),
        opinion=body["opinion"],
    )
    return done(who, answer, case_id)


@blueprint.post("/<case_id>/returns")
@blueprint.appends(to_existing=True)
@blueprint.arguments(ReturnBody)
@blueprint.response(201, AppendedSchema)
def return_for_revision(body: dict[str, Any], case_id: str) -> Answered:
    """Return the case to the applicant, naming every item to be mended at once."""
    who = commanding(to_existing=True)
    answer = services().office.reviewing.return_for_revision(
        who,
        case_id,
        items=tuple(
            Mend(subject=each["subject"], problem=each["problem"], rules=tuple(each["rules"]))
            for each in body["items"]
        ),
        resume_stage=body["resume_stage"],
        due_on=body["due_on"],
    )
    return done(who, answer, case_id)


@blueprint.post("/<case_id>/substitutes")
@blueprint.appends(to_existing=True)
@blueprint.arguments(SubstituteBody)
@blueprint.response(201, AppendedSchema)
def designate_substitute(body: dict[str, str], case_id: str) -> Answered:
    """Let another account fill a seat of one stage in this case."""
    who = commanding(to_existing=True)
    answer = services().office.reviewing.designate_substitute(who, case_id, **body)
    return done(who, answer, case_id)


@blueprint.post("/<case_id>/judgements")
@blueprint.appends(to_existing=True)
@blueprint.arguments(JudgementBody)
@blueprint.response(201, AppendedSchema)
def record_judgement(body: dict[str, Any], case_id: str) -> Answered:
    """Answer, with grounds, a question that the law leaves to human judgement."""
    who = commanding(to_existing=True)
    answer = services().office.reviewing.record_judgement(who, case_id, **body)
    return done(who, answer, case_id)


@blueprint.post("/<case_id>/certificates")
@blueprint.appends(to_existing=True)
@blueprint.response(201, AppendedSchema)
def issue_certificate(case_id: str) -> Answered:
    """Issue the certificate of a recognised title."""
    who = commanding(to_existing=True)
    return done(who, services().office.reviewing.issue_certificate(who, case_id), case_id)


def _reasons(body: dict[str, Any]) -> tuple[Reason, ...]:
    return tuple(Reason(code=each["code"], rules=tuple(each["rules"])) for each in body["reasons"])
