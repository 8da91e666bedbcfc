"""Every code that an answer can hold, with both its labels: ``/v1/vocabulary``.

It changes with a release or a law, never with the record: a client keeps it by its ``ETag``.
"""

from __future__ import annotations

from hashlib import sha256
from typing import TYPE_CHECKING, Any

import orjson
from flask import Response, request
from marshmallow import fields

from api.conventions.blueprint import Blueprint
from api.conventions.fields import AnswerSchema
from api.http import labels
from api.http.act_names import ACT_NAMES
from api.http.act_operations import WAYS, DoneSchema, Way, spoken
from api.http.labels_of_laws import refusal_codes
from api.http.rows import nested
from api.problems.catalogue import CATALOGUE
from api.services import services
from domain.event import topics

if TYPE_CHECKING:
    from collections.abc import Iterator

    from api.access import Act
    from api.conventions.vocabulary import Names

blueprint = Blueprint(
    "vocabulary", prefix="/v1/vocabulary", description="词表 / every code there is"
)

_KEPT = "private, max-age=3600"


class LabelledSchema(AnswerSchema):
    """A code with its Chinese and its English label."""

    code = fields.String()
    chinese = fields.String()
    english = fields.String()


class VocabularySchema(AnswerSchema):
    """The codes of one kind."""

    name = fields.String()
    codes = nested(LabelledSchema)


class WaySchema(DoneSchema):
    """Where an act is taken in, with the names of ids in braces.

    ``confirmation``: a fresh sign-in, of whoever acts, or of who acts in one of ``confirmed_in``.
    """

    confirmed_in = fields.List(fields.String())


class ActNameSchema(LabelledSchema):
    """An act as ``acts`` of a representation names it, and every way in which it is done."""

    ways = nested(WaySchema)


class WholeVocabularySchema(AnswerSchema):
    """Everything; ``version`` is the SHA-256 of the rest, in hex."""

    version = fields.String()
    vocabularies = nested(VocabularySchema)
    acts = nested(ActNameSchema)


@blueprint.get("")
@blueprint.response(200, WholeVocabularySchema)
def read() -> Response:
    """Read every code that can appear, with its labels, and how every act is done."""
    told = {"vocabularies": list(_vocabularies()), "acts": list(_acts())}
    version = sha256(orjson.dumps(told)).hexdigest()
    answer = Response(orjson.dumps({"version": version, **told}), mimetype="application/json")
    answer.headers["Cache-Control"] = _KEPT
    answer.set_etag(version, weak=True)
    answer.make_conditional(request)
    return answer


def _vocabularies() -> Iterator[dict[str, Any]]:
    for name, names in sorted(vars(labels).items()):
        if name.isupper() and isinstance(names, dict):
            yield {"name": name.lower(), "codes": _labelled(names)}
    for name, names in services().office.laws.vocabularies().items():
        yield {"name": f"law_{name}", "codes": _labelled(names)}
    yield {
        "name": "refusals",
        "codes": [
            _labels(code, name, spoken(code.lower())) for code, name in refusal_codes().items()
        ],
    }
    known = topics().items()
    yield {
        "name": "topics",
        "codes": [
            _labels(topic, kind.chinese, spoken(topic.split(":")[1])) for topic, kind in known
        ],
    }
    problems = CATALOGUE.items()
    yield {
        "name": "problems",
        "codes": [_labels(code, entry.chinese, entry.english) for code, entry in problems],
    }


def _labelled(names: Names) -> list[dict[str, str]]:
    return [_labels(str(word), name, spoken(str(word))) for word, name in names.items()]


def _labels(code: str, chinese: str, english: str) -> dict[str, str]:
    return {"code": code, "chinese": chinese, "english": english}


def _acts() -> Iterator[dict[str, Any]]:
    ways: dict[str, list[dict[str, Any]]] = {}
    for way in WAYS:
        for act in way.row.any_of:
            ways.setdefault(act.value, []).append(_way(way, act))
    for act, chinese in ACT_NAMES.items():
        name = spoken(act.value.partition(".")[2])
        yield {**_labels(act.value, chinese, name), "ways": ways.get(act.value, [])}


def _way(way: Way, act: Act) -> dict[str, Any]:
    fresh = way.row.fresh
    return way.said(act) | {
        "address": way.template,
        "upload": way.upload,
        "version_at": way.version_at,
        "confirmation": bool(fresh),
        "confirmed_in": [] if isinstance(fresh, bool) else list(fresh),
    }
