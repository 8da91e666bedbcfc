"""What a law says and what it answers, described in the OpenAPI document to its leaves.

It is written by ``pack_document`` and ``api.law.verdicts``.
"""

from __future__ import annotations

from datetime import time
from fractions import Fraction
from typing import ClassVar

from marshmallow import INCLUDE, fields

from api.conventions.fields import AnswerSchema, SparseSchema
from api.conventions.openapi import RuleSchema
from api.http.pack_document import NAMES
from api.http.value_schemas import Told, Writing
from domain.policy.sentences import Sentence
from domain.policy.when import When
from domain.refusal import Citation


class SentenceSchema(AnswerSchema):
    """A sentence in both languages."""

    zh = fields.String()
    en = fields.String()


class WhenSchema(SparseSchema):
    """Under which condition an entry holds, as a pack writes it; empty: always.

    All of it has to hold. A member that is not named here is a fact, with the values of which it
    has one, or its bounds (`at_least`, `at_most`, `before`, `same_as`); or a list of records, with
    what `count` of them are like.
    """

    class Meta:
        """How marshmallow treats it."""

        unknown: ClassVar[str] = INCLUDE

    all = fields.List(Told(lambda: WhenSchema))
    any = fields.List(Told(lambda: WhenSchema))
    unless = Told(lambda: WhenSchema)
    count = fields.Integer()


LAW = Writing(
    "Law",
    NAMES,
    {
        Citation: fields.String,
        Fraction: fields.String,
        Sentence: lambda **options: Told(SentenceSchema, **options),
        When: lambda **options: Told(WhenSchema, **options),
        time: fields.Time,
    },
)
"""As ``pack_document.plain`` writes it: each value with the ids of the rules that it rests on."""


class LawRefusalSchema(SentenceSchema):
    """A reason of the law, with the words that it rests on; `pointer` leads to what was sent."""

    code = fields.String()
    pointer = fields.String()
    rules = Told(RuleSchema, many=True)


class OpenFactSchema(SentenceSchema):
    """A fact that is open: what it means, who may say it, by when, what shows it."""

    fact = fields.String()
    said_by = fields.List(fields.String())
    by = fields.String()
    material = fields.String(allow_none=True)
    rules = Told(RuleSchema, many=True)
