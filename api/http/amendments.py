"""Amendments of what was entered about a case, and an opinion taken back.

An entry is named by the version of its event, as the history of the case shows it.
"""

from __future__ import annotations

from marshmallow import fields

from api.acts import amendment
from api.acts.case_reading import read_case
from api.conventions.blueprint import Blueprint
from api.conventions.fields import Body, Day, Text, WholeNumber
from api.http.acting import posts
from api.http.case_entries import MOST_FEN, PaperBody, PaymentBody, VoteBody

blueprint = Blueprint("amendments", prefix="/v1/cases", description="更正、撤回意见 / amendments")

_MOST_EVENTS = 1_000_000


def _entry() -> WholeNumber:
    return WholeNumber(
        least=1,
        most=_MOST_EVENTS,
        metadata={"description": "The version of the event that is amended."},
    )


def _reason() -> Text:
    return Text(longest=2000)


class PostingAmendmentBody(Body):
    """Where and when the case was posted; before it was shown here that takes evidence."""

    posted_on = Day()
    place = Text(load_default=None, longest=200)
    address = Text(load_default=None, longest=500)
    evidence = Text(load_default=None, longest=1000)
    reason = _reason()


class ReceiptAmendmentBody(PaperBody):
    """Which papers were handed in, and when; empty lists say that none were."""

    makes = amendment.ReceiptAmendment
    entry = _entry()
    reason = _reason()


class PaymentAmendmentBody(PaymentBody):
    """What was paid, in fen; 0 says that nothing was."""

    entry = _entry()
    amount = WholeNumber(least=0, most=MOST_FEN)
    reason = _reason()


class VotesAmendmentBody(Body):
    """How the committee voted."""

    entry = _entry()
    vote = fields.Nested(VoteBody)
    reason = _reason()


class AmendedBody(Body):
    """Which entry is amended as it was proposed."""

    entry = _entry()


post = posts(blueprint, read_case)
post("/<case_id>/publicities/current/amendments", amendment.AMEND_POSTING, PostingAmendmentBody)
post("/<case_id>/paper-receipts/amendments", amendment.AMEND_RECEIPT, ReceiptAmendmentBody)
post("/<case_id>/payments/amendments", amendment.AMEND_PAYMENT, PaymentAmendmentBody)
post("/<case_id>/votes/amendments", amendment.AMEND_VOTES, VotesAmendmentBody)
post("/<case_id>/amendments/confirmations", amendment.CONFIRM_AMENDMENT, AmendedBody)
post("/<case_id>/handler-opinions/current/withdrawals", amendment.TAKE_BACK_OPINION)
