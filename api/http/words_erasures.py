"""Erasing what somebody handed in: the same two acts for objections and for complaints."""

from __future__ import annotations

from typing import TYPE_CHECKING

from api.acts import words_erasure
from api.acts.guard import guard
from api.conventions.fields import Body, Text
from api.jobs.eraser import carry_out_at_once
from api.services import services

if TYPE_CHECKING:
    from collections.abc import Callable

    from api.acts.acting import Acting, Answer
    from api.office import Office


class WordsErasureProposalBody(Body):
    """Why the words may go, on which legal basis."""

    basis = Text(required=True, longest=500)
    reason = Text(required=True, longest=4000)


class WordsErasureOrderBody(Body):
    """The number of the decision."""

    decision = Text(required=True, longest=100)


def take_in(post: Callable[..., None], of: str) -> None:
    """Let a resource take in both acts, beneath the address of one thing."""
    post(f"{of}/erasure-proposals", words_erasure.PROPOSE, WordsErasureProposalBody)
    post(f"{of}/erasure-orders", words_erasure.ORDER, WordsErasureOrderBody, _order)


def _order(office: Office, who: Acting, stream: str, /, *, decision: str) -> Answer:
    answer = guard(office, who, words_erasure.ORDER, stream, decision=decision)
    carry_out_at_once(services(), answer)
    return answer
