"""How webargs reads a request here: one media type, nothing unknown, texts that show as written."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING, Any

from flask import request
from marshmallow import RAISE, ValidationError
from webargs import missing
from webargs.flaskparser import FlaskParser
from webargs.multidictproxy import MultiDictProxy
from werkzeug.datastructures import MultiDict

from api.conventions import strict_json, visibility
from api.problems import Problem

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from flask import Request
    from marshmallow import Schema
    from marshmallow.fields import Field


class StrictParser(FlaskParser):
    """Refuses what others quietly ignore. Unknown names are 422 in the body and in the query."""

    DEFAULT_UNKNOWN_BY_LOCATION: dict[str, str | None] = {  # noqa: RUF012 -- as webargs declares it
        **FlaskParser.DEFAULT_UNKNOWN_BY_LOCATION,
        "query": RAISE,
    }

    def parse(  # type: ignore[override] # webargs' own has the options one by one
        self,
        argmap: Schema,
        req: Request | None = None,
        *,
        location: str | None = None,
        **options: Any,  # noqa: ANN401 -- as webargs declares them
    ) -> Any:  # noqa: ANN401 -- as webargs declares it
        """What the schema reads; where nothing is stated, what it has read of nothing before."""
        if not _states(argmap, location) and (unsaid := _of_nothing(argmap)) is not None:
            return dict(unsaid)
        return super().parse(argmap, req, location=location, **options)

    def _raw_load_json(self, req: Request) -> Any:  # noqa: ANN401 -- as webargs declares it
        octets = req.get_data(cache=True)
        if not octets:
            return missing
        if req.mimetype != "application/json":
            raise Problem("MEDIA_TYPE_UNSUPPORTED")
        return strict_json.loads(octets)

    def load_querystring(self, req: Request, schema: Schema) -> Any:  # noqa: ANN401 -- as webargs declares it
        """The query parameters, texts as those of a body are; ``wait_for`` is no resource's."""
        found = (
            strict_json.unfit(name + text, f"/query/{name}")
            for name, text in req.args.items(multi=True)
        )
        if errors := tuple(filter(None, found)):
            raise Problem("FIELDS_REFUSED", errors=errors)
        known = MultiDict(
            [pair for pair in req.args.items(multi=True) if pair[0] != visibility.PARAMETER]
        )
        return MultiDictProxy(known, schema)


def _states(schema: Schema, location: str | None) -> bool:
    """Whether the present request states anything where a schema would look for it."""
    if location == "query":
        return bool(request.query_string)
    if location == "headers":
        return any((field.data_key or name) in request.headers for name, field in _loads(schema))
    return True


def _loads(schema: Schema) -> Iterable[tuple[str, Field[Any]]]:
    return schema.load_fields.items()


@cache
def _of_nothing(schema: Schema) -> Mapping[str, Any] | None:
    """What a schema reads where nothing is stated; None where that is not the same each time."""
    if any(callable(field.load_default) for _, field in _loads(schema)):
        return None
    try:
        read = schema.load({})
    except ValidationError:
        return None
    return read if isinstance(read, dict) else None
