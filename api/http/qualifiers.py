"""What lists can be asked for: ``/v1/qualifiers``, the language of ``api.http.query`` as it is."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from marshmallow import fields

from api.conventions.blueprint import Blueprint
from api.conventions.fields import AnswerSchema
from api.http.query.qualifiers import LANGUAGES
from api.http.rows import nested, picked

if TYPE_CHECKING:
    from api.http.query.qualifiers import Language, Qualifier

blueprint = Blueprint(
    "qualifiers", prefix="/v1/qualifiers", description="检索限定词 / what lists can be asked for"
)


class NamedWordSchema(AnswerSchema):
    """A word of a vocabulary, and its Chinese name, which is understood as well."""

    word = fields.String()
    chinese = fields.String()


class QualifierSchema(AnswerSchema):
    """A qualifier, which may be called by its Chinese name.

    ``compares``: `>=` and the like may stand before a value, and `..` between two; ``words`` are
    all values that it takes, none where these are no vocabulary.
    """

    name = fields.String()
    chinese = fields.String()
    english = fields.String()
    kind = fields.String()
    compares = fields.Boolean()
    words = nested(NamedWordSchema)


class AskedListSchema(AnswerSchema):
    """What one list can be asked for, and by what it can be sorted."""

    list = fields.String()
    qualifiers = nested(QualifierSchema)
    sorts = fields.List(fields.String())


class QualifiersSchema(AnswerSchema):
    """Every list that is narrowed by a query."""

    lists = nested(AskedListSchema)


@blueprint.get("")
@blueprint.response(200, QualifiersSchema)
def list_qualifiers() -> dict[str, Any]:
    """List the qualifiers of every list that is narrowed by a query, with their words."""
    return {"lists": [_list(*each) for each in LANGUAGES.items()]}


def _list(name: str, language: Language) -> dict[str, Any]:
    shown = [
        picked(each, "chinese english kind compares") | {"name": word, "words": _words(each)}
        for word, each in language.qualifiers.items()
    ]
    return {"list": name, "qualifiers": shown, "sorts": language.sorts}


def _words(qualifier: Qualifier) -> list[dict[str, str]]:
    words = qualifier.words() if qualifier.words else {}
    return [{"word": word, "chinese": chinese} for word, chinese in words.items()]
