"""Recusal of reviewers: ``/v1/cases/{case_id}/recusals`` and ``/recusal-applications``."""

from __future__ import annotations

from api.acts import recusal
from api.acts.case_reading import read_case
from api.conventions.blueprint import Blueprint
from api.conventions.fields import Body, Flag, Text
from api.conventions.vocabulary import Word
from api.http.acting import posts
from api.http.labels import SEATS
from api.http.labels_of_laws import recusal_grounds
from api.http.word_fields import optional_word, word

blueprint = Blueprint("recusals", prefix="/v1/cases", description="回避 / recusal of reviewers")


class RecusalBody(Body):
    """In which seat of which stage the caller recuses themselves, and on which ground."""

    stage = word()
    seat = Word(SEATS)
    ground = Word(recusal_grounds)
    words = Text(load_default=None, longest=2000)


class RecusalApplicationBody(RecusalBody):
    """Who fills which seat of which stage; ``account`` says whom of several."""

    account = optional_word()


class RecusalDecisionBody(Body):
    """Whether the reviewer is recused, and why."""

    granted = Flag()
    reason = Text(longest=2000)


post = posts(blueprint, read_case)
post("/<case_id>/recusals", recusal.DECLARE, RecusalBody)
post("/<case_id>/recusal-applications", recusal.APPLY, RecusalApplicationBody)
post("/<case_id>/recusal-applications/<application>/decisions", recusal.DECIDE, RecusalDecisionBody)
