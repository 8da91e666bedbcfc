"""Erasing what somebody handed in: the same two acts for objections and for complaints."""

from __future__ import annotations

from typing import TYPE_CHECKING

from api.conventions.fields import Body, Text
from api.http.acting import answered, commanding, deciding
from api.jobs.eraser import carry_out_at_once
from api.services import services

if TYPE_CHECKING:
    from api.http.acting import Answered


class WordsErasureProposalBody(Body):
    """Why the words may go, on which legal basis."""

    basis = Text(required=True, longest=500)
    reason = Text(required=True, longest=4000)


class WordsErasureOrderBody(Body):
    """The number of the decision."""

    decision = Text(required=True, longest=100)


def propose(stream: str, body: dict[str, str]) -> Answered:
    """Propose, as the integrity handler, to erase what was handed in."""
    answer = services().office.forgetting.propose(commanding(to_existing=True), stream, **body)
    return answered(answer, stream)


def order(stream: str, body: dict[str, str]) -> Answered:
    """Order it, as the integrity leader: from this answer on nobody is shown the words.

    Their keys are destroyed by then, or once a backup or a rotation under way has ended.
    """
    answer = services().office.forgetting.order(deciding(), stream, **body)
    carry_out_at_once(services(), answer)
    return answered(answer, stream)
