"""Time that is kept for a society, and what was answered to an act."""

from __future__ import annotations

from http import HTTPStatus
from typing import TYPE_CHECKING

from api.jobs.timekeeper import keep_time

if TYPE_CHECKING:
    from tests.api.client import Answer
    from tests.api.society import Society


def kept(society: Society) -> None:
    """Let everything that is due by now have happened by itself."""
    society.catch_up()
    with society.services.views.connection() as connection:
        keep_time(society.services, connection)


def codes(answer: Answer) -> list[str]:
    """The code of each refusal, in order; none where the act was done."""
    return [each["code"] for each in answer.body.get("refusals", ())]


def rules(answer: Answer) -> set[str]:
    """The rules on which a refusal rests."""
    return {each["id"] for each in answer.body["rules"]}


def topics(answer: Answer) -> list[str]:
    """What happened, in order; the act was done."""
    assert answer.status in (HTTPStatus.OK, HTTPStatus.CREATED), answer.body
    return [each["topic"] for each in answer.body["events"]]
