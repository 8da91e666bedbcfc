"""What a case asks of its applicant besides the review: ``/v1/cases/{case_id}/duties``."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from marshmallow import fields

from api.acts.duties import duties_of
from api.conventions.blueprint import Blueprint
from api.conventions.fields import AnswerSchema
from api.http.acting import acting
from api.http.pack_document import plain
from api.http.rows import entries, picked
from api.law.verdicts import plain_open, plain_refusal
from api.services import services

if TYPE_CHECKING:
    from api.acts.duties import Duties
    from domain.case.paper import PaperDue

blueprint = Blueprint(
    "case-duties", prefix="/v1/cases", description="缴费与材料 / fees, papers and windows"
)


def _entry() -> fields.Dict:
    return fields.Dict(keys=fields.String(), required=True, allow_none=True)


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

    case = fields.String(required=True)
    number = fields.String(required=True)
    established = entries()
    open = entries()
    fee = _entry()
    paid_fen = fields.Integer(required=True)
    place = _entry()
    place_unknown = _entry()
    paper = _entry()
    legs = entries()
    materials = entries()
    forms = entries()
    windows = entries()
    turn = _entry()
    warnings = entries()


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
