"""Publicity, papers, fees, votes and corrections of a case: ``/v1/cases/{case_id}/…``."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from api.acts.handing_in import Vote
from api.acts.publicising import Posted
from api.conventions.blueprint import Blueprint
from api.http.acting import Answered, AppendedSchema, commanding, deciding
from api.http.cases import done
from api.http.progress_bodies import (
    ExtensionBody,
    PaperBody,
    PaymentBody,
    PostingBody,
    PurgeBody,
    ReasonedBody,
    ReminderBody,
    TakenDownBody,
    VoteBody,
    WithholdingBody,
)
from api.jobs.eraser import carry_out_at_once
from api.services import services

if TYPE_CHECKING:
    from domain.case.correction import WithholdingCause

blueprint = Blueprint(
    "progress",
    prefix="/v1/cases",
    description="公示、纸质材料、缴费、表决、纠错 / progress of cases",
)


@blueprint.post("/<case_id>/publicities")
@blueprint.appends(to_existing=True)
@blueprint.arguments(PostingBody)
@blueprint.response(201, AppendedSchema)
def open_publicity(body: dict[str, Any], case_id: str) -> Answered:
    """Enter that the case was posted; the days that count are reckoned."""
    who = commanding(to_existing=True)
    return done(who, services().office.publicising.open(who, case_id, Posted(**body)), case_id)


@blueprint.post("/<case_id>/publicities/current/voidings")
@blueprint.appends(to_existing=True)
@blueprint.arguments(TakenDownBody)
@blueprint.response(201, AppendedSchema)
def void_publicity(body: dict[str, Any], case_id: str) -> Answered:
    """Enter that the posting was taken down early; it is void and must be repeated."""
    who = commanding(to_existing=True)
    return done(who, services().office.publicising.void(who, case_id, **body), case_id)


@blueprint.post("/<case_id>/forwardings")
@blueprint.appends(to_existing=True)
@blueprint.response(201, AppendedSchema)
def go_on(case_id: str) -> Answered:
    """Let the case go on after its publicity: to the next stage, or to recognition."""
    who = commanding(to_existing=True)
    return done(who, services().office.publicising.go_on(who, case_id), case_id)


@blueprint.post("/<case_id>/paper-receipts")
@blueprint.appends(to_existing=True)
@blueprint.arguments(PaperBody)
@blueprint.response(201, AppendedSchema)
def receive_paper(body: dict[str, Any], case_id: str) -> Answered:
    """Enter that papers were handed in, on the day it happened."""
    who = commanding(to_existing=True)
    answer = services().office.handing_in.receive_paper(
        who,
        case_id,
        leg=body["leg"],
        received_on=body["received_on"],
        items=tuple(body["items"]),
    )
    return done(who, answer, case_id)


@blueprint.post("/<case_id>/payment-reminders")
@blueprint.appends(to_existing=True)
@blueprint.arguments(ReminderBody)
@blueprint.response(201, AppendedSchema)
def remind(body: dict[str, Any], case_id: str) -> Answered:
    """Enter that the applicant was reminded to pay."""
    who = commanding(to_existing=True)
    return done(who, services().office.handing_in.remind(who, case_id, **body), case_id)


@blueprint.post("/<case_id>/payments")
@blueprint.appends(to_existing=True)
@blueprint.arguments(PaymentBody)
@blueprint.response(201, AppendedSchema)
def pay(body: dict[str, Any], case_id: str) -> Answered:
    """Enter a payment, in fen."""
    who = commanding(to_existing=True)
    return done(who, services().office.handing_in.pay(who, case_id, **body), case_id)


@blueprint.post("/<case_id>/votes")
@blueprint.appends(to_existing=True)
@blueprint.arguments(VoteBody)
@blueprint.response(201, AppendedSchema)
def record_votes(body: dict[str, Any], case_id: str) -> Answered:
    """Enter a committee's vote as it was held."""
    who = commanding(to_existing=True)
    answer = services().office.handing_in.record_votes(who, case_id, Vote(**body))
    return done(who, answer, case_id)


@blueprint.post("/<case_id>/rescissions")
@blueprint.appends(to_existing=True)
@blueprint.arguments(ReasonedBody)
@blueprint.response(201, AppendedSchema)
def propose_rescission(body: dict[str, str], case_id: str) -> Answered:
    """Propose, as the handler, to rescind the last act of one's organisation as a slip."""
    who = commanding(to_existing=True)
    return done(who, services().office.correcting.propose(who, case_id, body["reason"]), case_id)


@blueprint.post("/<case_id>/rescissions/current/confirmations")
@blueprint.appends(to_existing=True)
@blueprint.response(201, AppendedSchema)
def confirm_rescission(case_id: str) -> Answered:
    """Confirm, as the leader, the correction that the handler proposed."""
    who = deciding()
    return done(who, services().office.correcting.confirm(who, case_id), case_id)


@blueprint.post("/<case_id>/window-extensions")
@blueprint.appends(to_existing=True)
@blueprint.arguments(ExtensionBody)
@blueprint.response(201, AppendedSchema)
def extend_window(body: dict[str, Any], case_id: str) -> Answered:
    """Extend a window for this one case, as the leader of an authority above."""
    who = deciding()
    return done(who, services().office.correcting.extend(who, case_id, **body), case_id)


@blueprint.post("/<case_id>/materials/<material>/withholdings")
@blueprint.appends(to_existing=True)
@blueprint.arguments(WithholdingBody)
@blueprint.response(201, AppendedSchema)
def withhold(body: dict[str, WithholdingCause], case_id: str, material: str) -> Answered:
    """Show a file to nobody for now, for instance because it may be classified."""
    who = commanding(to_existing=True)
    answer = services().office.correcting.withhold(who, case_id, material, body["cause"])
    return done(who, answer, case_id)


@blueprint.post("/<case_id>/materials/<material>/purge-proposals")
@blueprint.appends(to_existing=True)
@blueprint.arguments(PurgeBody)
@blueprint.response(201, AppendedSchema)
def propose_purge(body: dict[str, str], case_id: str, material: str) -> Answered:
    """Propose, as a handler of the chain, to remove a file for good."""
    who = commanding(to_existing=True)
    answer = services().office.correcting.propose_purge(who, case_id, material, **body)
    return done(who, answer, case_id)


@blueprint.post("/<case_id>/materials/<material>/purges")
@blueprint.appends(to_existing=True)
@blueprint.response(201, AppendedSchema)
def order_purge(case_id: str, material: str) -> Answered:
    """Order it, as the leader: from this answer on nobody is shown the file.

    Its key is destroyed by then, or once a backup or a rotation under way has ended.
    """
    who = deciding()
    answer = services().office.correcting.order_purge(who, case_id, material)
    carry_out_at_once(services(), answer)
    return done(who, answer, case_id)


@blueprint.post("/<case_id>/materials/<material>/releases")
@blueprint.appends(to_existing=True)
@blueprint.response(201, AppendedSchema)
def release(case_id: str, material: str) -> Answered:
    """Show a withheld file again, as a leader of the chain."""
    who = commanding(to_existing=True)
    return done(who, services().office.correcting.release(who, case_id, material), case_id)
