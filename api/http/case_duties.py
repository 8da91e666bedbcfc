"""What a case asks of its applicant besides the review: ``/v1/cases/{case_id}/duties``."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from marshmallow import fields

from api.acts.case_duties import Turn, duties_of
from api.conventions.blueprint import Blueprint
from api.conventions.fields import AnswerSchema
from api.http.acting import acting
from api.http.law_schemas import LAW, LawRefusalSchema, OpenFactSchema
from api.http.pack_document import plain
from api.http.rows import picked
from api.http.value_schemas import Told
from api.law.verdicts import plain_open, plain_refusal
from api.services import services
from domain.case.remembered import Established
from domain.policy.duties import PaperForm
from domain.policy.fees import Fee
from domain.policy.materials import Material
from domain.policy.places import PaperDuty, PaperLeg, Place
from domain.policy.windows import Window

if TYPE_CHECKING:
    from api.acts.case_duties import Duties
    from domain.case.paper import PaperDue

blueprint = Blueprint(
    "case-duties", prefix="/v1/cases", description="缴费与材料 / fees, papers and windows"
)


class OpenDutySchema(OpenFactSchema):
    """A fact that is open; ``due``: its time has come."""

    due = fields.Boolean()


class LegDutySchema(LAW.schema(PaperLeg)):  # type: ignore[misc] # a schema that is made
    """On which way papers go from whom to whom, and whether they were received."""

    received = fields.Boolean()


class MaterialDutySchema(LAW.schema(Material)):  # type: ignore[misc] # a schema that is made
    """A material; ``present``: it was attached, ``seen``: a reviewer saw the original."""

    present = fields.Boolean()
    seen = fields.Boolean()


class FormDutySchema(LAW.schema(PaperForm)):  # type: ignore[misc] # a schema that is made
    """A form on paper that is due, until when, and whether it was received."""

    reached_on = fields.Date(allow_none=True)
    due_on = fields.Date(allow_none=True)
    received = fields.Boolean()


class CaseDutiesSchema(AnswerSchema):
    """What is established and what is open; fee in fen, papers, materials, until when.

    ``established`` are the facts that reviewers established, ``open`` those on which the law's
    answer still turns: who may say each (applicant, register, employer, authority, receiver,
    reviewer), by when (``filing``, ``recognition`` or a stage), and whether that time has come.

    ``turn`` is whose turn it is (a seat, or the applicant's), since when, the last day on which the
    case can go on from there (with the time for which it was held still), and whether they and the
    office above were told that it waits (催办).

    Each entry names the rules that it rests on. ``place_unknown`` is the reason why no place
    is named where the notice lists places and none fits; no place is ever guessed. A form that is
    due but has no ``due_on`` waits for the working days of the year of ``reached_on``; ``warnings``
    say what of this kind will come.
    """

    case = fields.String()
    number = fields.String()
    established = LAW.told(Established, many=True)
    open = Told(OpenDutySchema, many=True)
    fee = LAW.told(Fee, there=False)
    paid_fen = fields.Integer()
    place = LAW.told(Place, there=False)
    place_unknown = Told(LawRefusalSchema, allow_none=True)
    paper = LAW.told(PaperDuty, there=False)
    legs = Told(LegDutySchema, many=True)
    materials = Told(MaterialDutySchema, many=True)
    forms = Told(FormDutySchema, many=True)
    windows = LAW.told(Window, many=True)
    turn = LAW.told(Turn, there=False)
    warnings = Told(LawRefusalSchema, many=True)


@blueprint.get("/<case_id>/duties")
@blueprint.response(200, CaseDutiesSchema)
def read_duties(case_id: str) -> dict[str, Any]:
    """Read what a case still needs: facts and whose turn they are, fee, place, papers, windows."""
    return duties_document(duties_of(services().office, acting(), case_id))


def duties_document(owed: Duties) -> dict[str, Any]:
    """The law's answers, each with its rules and with what was done already."""
    case = owed.seen.case
    unknown = owed.place.refusal
    present = {each.kind for each in case.materials} | case.papers
    return {
        **picked(case, "case number"),
        "established": [plain(each) for each in case.established.values()],
        "open": [
            {**plain_open(owed.law, each), "due": each.name in owed.due} for each in owed.open
        ],
        "fee": plain(owed.fee),
        "paid_fen": owed.paid,
        "place": plain(owed.place.place),
        "place_unknown": None if unknown is None else plain_refusal(unknown),
        "paper": plain(owed.paper),
        "legs": [{**plain(each), "received": each.id in case.paper_legs} for each in owed.legs],
        "materials": [
            {
                **plain(each),
                "present": each.id in present,
                "seen": each.id in case.originals,
                "sealed": each.id in case.sealed,
            }
            for each in owed.materials
        ],
        "forms": [
            {**plain(form), **_due(due), "received": form.id in case.papers}
            for form, due in owed.forms
        ],
        "windows": plain(owed.windows),
        "turn": plain(owed.turn),
        "warnings": [plain_refusal(each) for each in owed.warnings],
    }


def _due(due: PaperDue | None) -> dict[str, Any]:
    return {
        "reached_on": None if due is None else plain(due.reached_on),
        "due_on": None if due is None else plain(due.due_on),
    }
