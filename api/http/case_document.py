"""A case as its callers see it: one JSON object, words about people masked where they must be."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from marshmallow import fields

from api.conventions.fields import AnswerSchema
from api.http.act_operations import acts_field, acts_of
from api.http.masking import fields_of
from api.http.rows import members, picked, shows
from api.http.value_schemas import Told, recorded, told
from api.http.word_fields import phase_field
from domain.case.application import Application
from domain.case.phase import (
    AwaitingPublicity,
    Draft,
    Publicised,
    Recognised,
    Returned,
    Revoked,
    Suspended,
    UnderPublicity,
    UnderReview,
    name_of,
)
from domain.case.remembered import Material, Recusal, RecusalApplication, Substitute
from domain.case.state import Case
from domain.case.values import (
    AssessmentResult,
    ChainStage,
    LawReference,
    ReturnItem,
    Supplement,
)
from domain.separation import HANDLER, LEADER

if TYPE_CHECKING:
    from api.acts.case_reading import SeenCase
    from domain.case.phase import Phase


class StandingSchema(AnswerSchema):
    """Where a case stands. ``seat`` is whose turn it is; ``due_at`` ends a return."""

    phase = phase_field()
    round = fields.Integer()
    stage = fields.String(allow_none=True)
    organisation = fields.String(allow_none=True)
    seat = fields.String(allow_none=True)
    due_at = fields.AwareDateTime(allow_none=True)
    certificate = fields.String(allow_none=True)
    public_until = fields.Date(
        allow_none=True,
        metadata={"description": "The last day of the publicity: it ends at its 24:00 in Beijing."},
    )
    open_questions = fields.List(fields.String())
    reexamine_by = fields.Date(
        allow_none=True,
        metadata={"description": "The last day for deciding a re-examination that was asked for."},
    )


class EmployerSchema(AnswerSchema):
    """An organisation as it was called when it last acted in the case, and is called since."""

    organisation = fields.String()
    name = fields.String()
    name_now = fields.String(allow_none=True)


class StageSchema(recorded(ChainStage)):  # type: ignore[misc] # a schema that is made
    """A stage of the chain; ``in_name_of``: in whose name it acted, where not in its own."""

    name = fields.String()
    name_now = fields.String(allow_none=True)
    in_name_of = fields.String(allow_none=True)


@shows(Material, "material kind column supports media_type")
class CaseMaterialSchema(AnswerSchema):
    """A file of the case."""


@shows(Substitute, "stage seat account")
class SubstituteSchema(AnswerSchema):
    """Who stands in for somebody."""


@shows(Recusal, "recusal stage organisation seat person ground declared")
class RecusedSchema(AnswerSchema):
    """Who does nothing in the case, and on what ground."""


@shows(RecusalApplication, "application stage organisation seat person ground by_applicant")
class RecusalApplicationSchema(AnswerSchema):
    """An application that somebody be recused, which waits for a decision."""


class AssistedBySchema(AnswerSchema):
    """Who files for the applicant."""

    person = fields.String()
    account = fields.String()
    organisation = fields.String()
    form = fields.String()
    signed_on = fields.Date()
    ended = fields.Boolean()


@shows(Case, "case number applicant series specialty level channel")
class CaseSchema(AnswerSchema):
    """A case. ``application``, ``result`` and ``chain`` are as the record has them.

    An organisation has the ``name`` under which it last acted in the case (else that of the case's
    last event), and ``name_now`` where it has another one since. In the ``chain`` stands also
    ``in_name_of``: in whose name it acted at the stage, where its power says another than its own.
    """

    version = fields.Integer()
    standing = fields.Nested(StandingSchema)
    employer = Told(EmployerSchema)
    law = told(LawReference)
    supplements = Told(
        recorded(Supplement),
        many=True,
        metadata={
            "description": "The supplements (补充通知) by which the last act went, beside the law"
            " of the filing: the edition, its number and title."
        },
    )
    application = told(Application, there=False)
    materials = Told(CaseMaterialSchema, many=True)
    chain = Told(StageSchema, many=True)
    result = told(AssessmentResult, there=False)
    substitutes = Told(SubstituteSchema, many=True)
    recusals = Told(RecusedSchema, many=True)
    recusal_applications = Told(
        RecusalApplicationSchema,
        many=True,
        metadata={
            "description": "Those that wait for a decision; until then who they are about does"
            " nothing in the case."
        },
    )
    assisted_by = Told(
        AssistedBySchema,
        allow_none=True,
        metadata={
            "description": "Who files for the applicant, for which organisation, from which"
            " material signed on which day; `ended` where the applicant ended it."
        },
    )
    return_items = told(ReturnItem, many=True)
    acts = acts_field()
    redacted = fields.Boolean(metadata={"description": "Whether words about people are masked."})


def case_document(seen: SeenCase) -> dict[str, Any]:
    """The case for whom it was read."""
    case, visible = seen.case, seen.words
    return members(
        case,
        version=seen.history.version,
        standing=standing_of(case),
        employer={"organisation": case.employer, **_called(seen, case.employer)},
        law=fields_of(case.law, visible=True),
        supplements=[picked(each, "edition number title") for each in case.supplements],
        application=case.application and fields_of(case.application, visible=visible),
        materials=[
            picked(each, "material kind column supports media_type") for each in case.materials
        ],
        chain=[
            {
                **fields_of(each, visible=True),
                **_called(seen, each.organisation),
                "in_name_of": seen.in_name_of(each),
            }
            for each in case.chain
        ],
        result=case.result and fields_of(case.result, visible=True),
        substitutes=[picked(each, "stage seat account") for each in case.substitutes],
        recusals=[
            picked(each, "recusal stage organisation seat person ground declared")
            for each in case.recusals
        ],
        recusal_applications=[
            picked(each, "application stage organisation seat person ground by_applicant")
            for each in case.recusal_applications
        ],
        assisted_by=_assistance(case),
        return_items=_return_items(case.phase, visible=visible),
        acts=acts_of(seen),
        redacted=not visible,
    )


def _assistance(case: Case) -> dict[str, Any] | None:
    given = case.assistance
    if given is None:
        return None
    return picked(given.by, "person account") | picked(given, "organisation form signed_on ended")


def _called(seen: SeenCase, organisation: str) -> dict[str, str | None]:
    called = seen.called(organisation)
    return {"name": called.name, "name_now": called.now}


def standing_of(case: Case) -> dict[str, Any]:
    """Where a case stands, in words that clients may rely on."""
    phase = case.phase.before if isinstance(case.phase, Suspended) else case.phase
    stage = getattr(phase, "stage", None)
    organisation = case.stage(stage).organisation if stage is not None else None
    return {
        "phase": name_of(case.phase),
        "round": case.round,
        "stage": stage,
        "organisation": organisation,
        "seat": _seat(case, phase),
        "due_at": phase.due_at if isinstance(phase, Returned) else None,
        "certificate": _certificate(phase),
        "public_until": phase.posting.ends_on if isinstance(phase, UnderPublicity) else None,
        "open_questions": list(case.open_questions()),
        "reexamine_by": case.ending.decide_by if case.ending is not None else None,
    }


def _certificate(phase: Phase) -> str | None:
    """The number of the certificate in force, or of a title that was revoked."""
    certificate = phase.certificate if isinstance(phase, (Recognised, Revoked)) else None
    return None if certificate is None else certificate.number


def _seat(case: Case, phase: Phase) -> str | None:
    match phase:
        case Draft() | Returned():
            return "applicant"
        case UnderReview(opinion=None):
            return HANDLER
        case UnderReview():
            return LEADER
        case AwaitingPublicity():
            return HANDLER
        case Publicised():
            return HANDLER if case.after(phase.stage) and not phase.posting.late else LEADER
        case _:
            return None


def _return_items(phase: Phase, *, visible: bool) -> list[dict[str, Any]]:
    if isinstance(phase, Suspended):
        phase = phase.before
    if not isinstance(phase, Returned):
        return []
    return [fields_of(each, visible=visible) for each in phase.items]
