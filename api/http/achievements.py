"""A person's own record of achievements (业绩档案库): ``/v1/persons/{person_id}/achievements``.

Who deals with a case looks at those that it draws from there under the case itself.
"""

from __future__ import annotations

from enum import StrEnum
from typing import TYPE_CHECKING, Any

from marshmallow import fields

from api.acts.achievement import (
    ACHIEVEMENTS,
    ENTER,
    REVIEW,
    WITHDRAW,
    may_enter,
    shown_to,
)
from api.acts.desk import known
from api.acts.thing import read as read_thing
from api.conventions.blueprint import Blueprint
from api.conventions.fields import AnswerSchema, Body, Day, Flag, Text
from api.conventions.vocabulary import Word
from api.http.acting import PARTS, Answered, acting, posts, takes
from api.http.labels import ACHIEVEMENT_KINDS
from api.http.masking import words
from api.http.rows import nested, picked, shows
from api.http.things import SeenSchema, reads
from api.http.uploads import attach, content, take_in, takes_file
from api.http.word_fields import optional_stream, word
from api.services import services
from domain.person.achievements import (
    AchievementEntered,
    AchievementKind,
    AchievementReviewed,
    AchievementWithdrawn,
    EnterAchievement,
)
from domain.personal import Personal, Purpose

if TYPE_CHECKING:
    from collections.abc import Iterator

    from flask import Response

    from api.acts.thing import Seen
    from domain.person.state import Person

blueprint = Blueprint(
    "achievements",
    prefix="/v1/persons",
    description="业绩档案库 / somebody's own record of achievements",
)
PARTS[ACHIEVEMENTS] = "/achievements"


class EntryState(StrEnum):
    """Where an entry stands."""

    ENTERED = "entered"
    CONFIRMED = "confirmed"
    REFUSED = "refused"
    CORRECTED = "corrected"
    WITHDRAWN = "withdrawn"


class AchievementEntryBody(Body):
    """An achievement with its day, and the uploaded file that proves it.

    ``corrects`` is the entry in whose place it stands; it has to be confirmed anew.
    """

    kind = Word(ACHIEVEMENT_KINDS)
    gained_on = Day()
    title = Text(longest=200)
    upload = word()
    corrects = optional_stream("achievement")


class AchievementReviewBody(Body):
    """Whether the entry is what its proof shows; who does not confirm it says why."""

    in_favour = Flag()
    reason = Text(longest=2000, load_default=None)


_SHOWN = "entry organisation kind gained_on media_type size corrects"


@shows(AchievementEntered, _SHOWN)
class AchievementEntrySchema(AnswerSchema):
    """An entry, and what became of it; ``reason`` is why no employer confirmed it."""

    title = fields.String()
    state = fields.Enum(EntryState, by_value=True)
    reason = fields.String(allow_none=True)


class AchievementRecordSchema(SeenSchema):
    """All that was ever entered, in order."""

    entries = nested(AchievementEntrySchema)


@takes_file(blueprint, "/<person_id>/achievements/uploads", ENTER)
def upload(person_id: str) -> dict[str, Any]:
    """Upload the proof of an achievement as the body."""
    return take_in(person_id, may_enter, person_id)


@takes(blueprint, "/<person_id>/achievements", ENTER, AchievementEntryBody)
def enter(body: dict[str, Any], person_id: str) -> Answered:
    """Enter an achievement with its proof in one's own record, or in place of an entry there."""

    def command(file: dict[str, Any]) -> EnterAchievement:
        return EnterAchievement(
            kind=AchievementKind(body["kind"]),
            gained_on=body["gained_on"],
            title=Personal(body["title"], person_id, Purpose.APPLICANT),
            corrects=body["corrects"],
            **file,
        )

    return attach(ENTER, person_id, body["upload"], may_enter, command, ACHIEVEMENTS)


post = posts(blueprint, ACHIEVEMENTS)
post("/<person_id>/achievements/<entry>/reviews", REVIEW, AchievementReviewBody)
post("/<person_id>/achievements/<entry>/withdrawals", WITHDRAW)


@reads(blueprint, "/<person_id>/achievements", ACHIEVEMENTS, AchievementRecordSchema)
def read(seen: Seen[Person]) -> dict[str, Any]:
    """Read one's own record; as an employer's handler or leader, what is one's to confirm."""
    return {"entries": list(_entries(seen))}


@blueprint.get("/<person_id>/achievements/<entry>/content")
@blueprint.response(200, content_type="application/octet-stream")
def read_content(person_id: str, entry: str) -> Response:
    """Read the proof of an entry, in its own media type."""
    seen = read_thing(services().office, acting(), ACHIEVEMENTS, person_id)
    entered = known(next((each for each in _shown(seen) if each.entry == entry), None))
    return content(entered.file, entered.media_type)


def _shown(seen: Seen[Person]) -> Iterator[AchievementEntered]:
    office, who = services().office, acting()
    for event in seen.history.events:
        if isinstance(event, AchievementEntered) and shown_to(office, who, seen.state, event):
            yield event


def _entries(seen: Seen[Person]) -> Iterator[dict[str, Any]]:
    became: dict[str, tuple[EntryState, str | None]] = {}
    for event in seen.history.events:
        match event:
            case AchievementEntered(corrects=str() as corrected):
                became[corrected] = (EntryState.CORRECTED, None)
            case AchievementReviewed(in_favour=True):
                became[event.entry] = (EntryState.CONFIRMED, None)
            case AchievementReviewed():
                why = None if event.reason is None else words(event.reason, visible=True)
                became[event.entry] = (EntryState.REFUSED, why)
            case AchievementWithdrawn():
                became[event.entry] = (EntryState.WITHDRAWN, None)
            case _:
                pass
    for entered in _shown(seen):
        state, reason = became.get(entered.entry, (EntryState.ENTERED, None))
        title = words(entered.title, visible=True)
        yield {**picked(entered, _SHOWN), "title": title, "state": state, "reason": reason}
