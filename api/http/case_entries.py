"""Publicity, papers, fees, votes and corrections of a case: ``/v1/cases/{case_id}/…``."""

from __future__ import annotations

from typing import TYPE_CHECKING

from marshmallow import fields
from marshmallow.validate import Length, Regexp

from api.acts import case_entry, case_extension, publicity, rescission, withholding
from api.acts.case_entry import Vote
from api.acts.case_reading import read_case
from api.acts.guard import guard
from api.conventions.blueprint import Blueprint
from api.conventions.fields import Body, Day, Statement, Text, WholeNumber
from api.conventions.vocabulary import Word
from api.http.acting import posts
from api.http.labels import PURGE_CAUSES, WITHHOLDING_CAUSES
from api.http.word_fields import ID, listed_words, optional_word, unrecused, word
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


_SHA256 = Regexp(r"^[0-9a-f]{64}$(?!\n)")
_MOST_PEOPLE = 10_000
MOST_FEN = 100_000_000
"""The largest payment that is taken, in fen."""


class PostingBody(Body):
    """A posting as it was put up; ``content`` is the SHA-256 of what it said, in hex."""

    posted_on = Day()
    place = Text(load_default=None, longest=200)
    address = Text(load_default=None, longest=500)
    content = fields.String(validate=_SHA256)
    evidence = Text(load_default=None, longest=1000)


class TakenDownBody(Body):
    """When and why a posting was taken down before its end."""

    taken_down_on = Day()
    reason = Text(longest=1000)


class PaperBody(Body):
    """Papers that were handed in, by the pack's ids.

    ``originals`` are those whose original was shown, compared with the copy, and handed back at
    once; ``sealed`` those that bear every seal and signature that the notice asks for. Left out,
    none was, and none does.
    """

    leg = optional_word()
    received_on = Day()
    items = fields.List(fields.String(validate=ID), validate=Length(0, 100))
    originals = listed_words(100)
    sealed = listed_words(100)


class ReminderBody(Body):
    """A reminder to pay."""

    channel = word()
    reminded_on = Day()


class PaymentBody(Body):
    """A payment, in fen, with the number of its receipt."""

    amount = WholeNumber(least=1, most=MOST_FEN)
    channel = word()
    paid_on = Day()
    receipt = word()


def _number() -> WholeNumber:
    return WholeNumber(least=0, most=_MOST_PEOPLE)


class VoteBody(Body):
    """A committee's vote as it was held."""

    makes = Vote
    held_on = Day()
    members = _number()
    present = _number()
    in_favour = _number()
    against = _number()
    abstained = _number()
    minutes = Statement(load_default=None)
    no_reason_to_recuse = unrecused()


class ReasonedBody(Body):
    """Why."""

    reason = Text(longest=2000)


class ExtensionBody(Body):
    """Which actor's or stage's window is extended for this case, until which day, and why."""

    bound = word()
    until = Day()
    reason = Text(longest=2000)


class PurgeBody(Body):
    """Why a file is removed for good."""

    cause = Word(PURGE_CAUSES)
    reason = Statement()


class WithholdingBody(Body):
    """Why a file is withheld; one that may be classified pauses its case."""

    cause = Word(WITHHOLDING_CAUSES)


def _order_purge(office: Office, who: Acting, case_id: str, /, *, material: str) -> Answer:
    answer = guard(office, who, withholding.ORDER_PURGE, case_id, material=material)
    return carry_out_at_once(services(), answer)


post = posts(blueprint, read_case)
post("/<case_id>/publicities", publicity.OPEN, PostingBody)
post("/<case_id>/publicities/current/voidings", publicity.VOID, TakenDownBody)
post("/<case_id>/forwardings", publicity.GO_ON)
post("/<case_id>/paper-receipts", case_entry.RECEIVE, PaperBody)
post("/<case_id>/payment-reminders", case_entry.REMIND, ReminderBody)
post("/<case_id>/payments", case_entry.PAY, PaymentBody)
post("/<case_id>/votes", case_entry.RECORD_VOTES, VoteBody)
post("/<case_id>/rescissions", rescission.PROPOSE_RESCISSION, ReasonedBody)
post("/<case_id>/rescissions/current/confirmations", rescission.CONFIRM_RESCISSION)
post("/<case_id>/window-extensions", case_extension.EXTEND_WINDOW, ExtensionBody)
post("/<case_id>/materials/<material>/withholdings", withholding.WITHHOLD, WithholdingBody)
post("/<case_id>/materials/<material>/purge-proposals", withholding.PROPOSE_PURGE, PurgeBody)
post("/<case_id>/materials/<material>/purges", withholding.ORDER_PURGE, by=_order_purge)
post("/<case_id>/materials/<material>/releases", withholding.RELEASE)
