"""How somebody was told (告知、送达), as every resource takes it in that lets a term run."""

from __future__ import annotations

from marshmallow import fields

from api.acts.terms import Told
from api.conventions.fields import Body, Day, Instant, Text
from api.conventions.vocabulary import Word
from api.http.labels import CHANNELS


class ToldBody(Body):
    """By what channel and on which day somebody was told.

    ``on`` is today where it is left out. ``proof`` names the receipt of whatever was not told
    through the system.
    """

    makes = Told
    channel = Word(CHANNELS)
    on = Day(load_default=None)
    proof = Text(load_default=None, longest=200)


def told() -> fields.Nested:
    """How somebody was told; through the system and today, where it is left out."""
    return fields.Nested(ToldBody, load_default=None)


class NotifiedBody(Body):
    """How somebody was told of a matter, and until when they may answer; by law, if left out."""

    told = told()
    answer_by = Instant(load_default=None)
