"""The request bodies of acts around publicity, papers, fees, votes and corrections."""

from __future__ import annotations

from marshmallow import fields
from marshmallow.validate import Length, Regexp

from api.acts.paper import Vote
from api.conventions.fields import Body, Day, Text, WholeNumber
from api.conventions.vocabulary import Word
from api.http.vocabularies import PURGE_CAUSES, WITHHOLDING_CAUSES

_ID = Regexp(r"^[A-Za-z0-9._-]{1,80}$(?!\n)")
_SHA256 = Regexp(r"^[0-9a-f]{64}$(?!\n)")
_MOST_PEOPLE = 10_000


class PostingBody(Body):
    """A posting as it was put up; ``content`` is the SHA-256 of what it said, in hex."""

    posted_on = Day(required=True)
    place = Text(load_default=None, allow_none=True, longest=200)
    address = Text(load_default=None, allow_none=True, longest=500)
    content = fields.String(required=True, validate=_SHA256)
    evidence = Text(load_default=None, allow_none=True, longest=1000)


class TakenDownBody(Body):
    """When and why a posting was taken down before its end."""

    taken_down_on = Day(required=True)
    reason = Text(required=True, longest=1000)


class PaperBody(Body):
    """Papers that were handed in, by the pack's ids."""

    leg = fields.String(load_default=None, allow_none=True, validate=_ID)
    received_on = Day(required=True)
    items = fields.List(fields.String(validate=_ID), required=True, validate=Length(1, 100))


class ReminderBody(Body):
    """A reminder to pay."""

    channel = fields.String(required=True, validate=_ID)
    reminded_on = Day(required=True)


class PaymentBody(Body):
    """A payment, in fen, with the number of its receipt."""

    amount = WholeNumber(required=True, least=1, most=100_000_000)
    channel = fields.String(required=True, validate=_ID)
    paid_on = Day(required=True)
    receipt = fields.String(required=True, validate=_ID)


def _number() -> WholeNumber:
    return WholeNumber(required=True, least=0, most=_MOST_PEOPLE)


class VoteBody(Body):
    """A committee's vote as it was held."""

    makes = Vote
    held_on = Day(required=True)
    members = _number()
    present = _number()
    in_favour = _number()
    against = _number()
    abstained = _number()
    minutes = Text(load_default=None, allow_none=True, longest=4000)


class ReasonedBody(Body):
    """Why."""

    reason = Text(required=True, longest=2000)


class ExtensionBody(Body):
    """Which actor's or stage's window is extended for this case, until which day, and why."""

    bound = fields.String(required=True, validate=_ID)
    until = Day(required=True)
    reason = Text(required=True, longest=2000)


class PurgeBody(Body):
    """Why a file is removed for good."""

    cause = Word(PURGE_CAUSES, required=True)
    reason = Text(required=True, longest=4000)


class WithholdingBody(Body):
    """Why a file is withheld; one that may be classified pauses its case."""

    cause = Word(WITHHOLDING_CAUSES, required=True)
