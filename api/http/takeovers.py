"""Taking over a stage of a case: ``/v1/cases/{case_id}/takeovers``; and what stands beside it."""

from __future__ import annotations

from api.acts import stage_takeover
from api.acts.case_reading import read_case
from api.conventions.blueprint import Blueprint
from api.conventions.fields import Body, DocumentNumber, Text
from api.conventions.vocabulary import Word
from api.http.acting import posts
from api.http.labels import TAKEOVER_CAUSES
from api.http.word_fields import optional_stream, word

blueprint = Blueprint(
    "takeovers", prefix="/v1/cases", description="提级办理、指定办理 / taking over a stage"
)


class TakeoverBody(Body):
    """Which stage is taken over, why, and under which document.

    ``organisation`` names the one that acts from now on; the caller's own where it is left out.
    """

    stage = word()
    organisation = optional_stream("organisation")
    cause = Word(TAKEOVER_CAUSES)
    reason = Text(longest=1000)
    document = DocumentNumber()


class MatterTakeoverBody(Body):
    """Why a matter is taken over, and under which document.

    ``organisation`` names the one that deals with it from now on; the caller's own where it is
    left out.
    """

    organisation = optional_stream("organisation")
    cause = Word(TAKEOVER_CAUSES)
    document = DocumentNumber()


post = posts(blueprint, read_case)
post("/<case_id>/takeovers", stage_takeover.TAKE_OVER, TakeoverBody)
