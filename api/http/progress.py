"""Publicity, papers, fees, votes and corrections of a case: ``/v1/cases/{case_id}/…``."""

from __future__ import annotations

from typing import TYPE_CHECKING

from api.acts import correction, paper, publicity
from api.acts.case_reading import read_case
from api.acts.guard import guard
from api.conventions.blueprint import Blueprint
from api.http.acting import posts
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
    from api.acts.acting import Acting, Answer
    from api.office import Office

blueprint = Blueprint(
    "progress",
    prefix="/v1/cases",
    description="公示、纸质材料、缴费、表决、纠错 / progress of cases",
)


def _order_purge(office: Office, who: Acting, case_id: str, /, *, material: str) -> Answer:
    answer = guard(office, who, correction.ORDER_PURGE, case_id, material=material)
    carry_out_at_once(services(), answer)
    return answer


post = posts(blueprint, read_case)
post("/<case_id>/publicities", publicity.OPEN, PostingBody)
post("/<case_id>/publicities/current/voidings", publicity.VOID, TakenDownBody)
post("/<case_id>/forwardings", publicity.GO_ON)
post("/<case_id>/paper-receipts", paper.RECEIVE, PaperBody)
post("/<case_id>/payment-reminders", paper.REMIND, ReminderBody)
post("/<case_id>/payments", paper.PAY, PaymentBody)
post("/<case_id>/votes", paper.RECORD_VOTES, VoteBody)
post("/<case_id>/rescissions", correction.PROPOSE_RESCISSION, ReasonedBody)
post("/<case_id>/rescissions/current/confirmations", correction.CONFIRM_RESCISSION)
post("/<case_id>/window-extensions", correction.EXTEND_WINDOW, ExtensionBody)
post("/<case_id>/materials/<material>/withholdings", correction.WITHHOLD, WithholdingBody)
post("/<case_id>/materials/<material>/purge-proposals", correction.PROPOSE_PURGE, PurgeBody)
post("/<case_id>/materials/<material>/purges", correction.ORDER_PURGE, by=_order_purge)
post("/<case_id>/materials/<material>/releases", correction.RELEASE)
