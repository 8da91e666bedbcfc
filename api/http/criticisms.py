"""Circular criticism (通报批评): ``/v1/criticisms``."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from api.acts import criticism
from api.conventions.blueprint import Blueprint
from api.conventions.fields import Body, DocumentNumber, Statement
from api.conventions.vocabulary import Word
from api.http.acting import posts
from api.http.labels import CRITICISED
from api.http.notification import NotifiedBody
from api.http.rows import shows
from api.http.things import SeenWithEventsSchema, events_of, reads
from api.http.word_fields import several_words, word
from domain.criticism.state import Criticism

if TYPE_CHECKING:
    from api.acts.thing import Seen

blueprint = Blueprint("criticisms", prefix="/v1/criticisms", description="通报批评 / criticisms")


class CriticismBody(Body):
    """Whom to criticise, on the ground of which cases, and why."""

    target = Word(CRITICISED)
    about = word()
    cases = several_words(100)
    grounds = Statement()


class NotificationBody(NotifiedBody):
    """How whom it is about was told, and until when they may answer.

    Without ``answer_by`` the term of the law is taken; it runs from the day of being told.
    """


class CriticismStatementBody(Body):
    """What whom it is about says."""

    statement = Statement()


class IssueBody(Body):
    """The criticism's text, under the number of its decision."""

    decision = DocumentNumber()
    text = Statement()


class DropBody(Body):
    """Why it is dropped, under the number of the decision."""

    decision = DocumentNumber()
    reason = Statement()


@shows(Criticism, "criticism target about organisation cases answer_by heard ended")
class CriticismSchema(SeenWithEventsSchema):
    """A criticism with its events, and what the caller may do next."""


@reads(blueprint, "/<criticism_id>", criticism.CRITICISM, CriticismSchema)
def read(seen: Seen[Criticism]) -> dict[str, Any]:
    """Read a criticism, as its officer or as whom it is about; an inspector with masked words."""
    return events_of(seen)


post = posts(blueprint, criticism.CRITICISM)
post("", criticism.PROPOSE, CriticismBody)
post("/<criticism_id>/notifications", criticism.NOTIFY, NotificationBody)
post("/<criticism_id>/statements", criticism.ANSWER, CriticismStatementBody)
post("/<criticism_id>/issues", criticism.ISSUE, IssueBody)
post("/<criticism_id>/drops", criticism.DROP, DropBody)
