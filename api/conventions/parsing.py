"""How webargs reads a request here: one media type, nothing unknown, texts that show as written."""

from __future__ import annotations

from functools import cache, lru_cache
from typing import TYPE_CHECKING, Any

from flask import request
from marshmallow import RAISE
from webargs import missing
from webargs.flaskparser import FlaskParser
from webargs.multidictproxy import MultiDictProxy
from werkzeug.datastructures import MultiDict

from api.conventions import strict_json, visibility
from api.problems import Problem

if TYPE_CHECKING:
    from flask import Request
    from marshmallow import Schema

_SHORT = 64
"""Of a query of so many octets it is remembered what it says."""
_AT_HAND = 256
"""Of so many, each as one schema reads it."""


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
        """What the schema reads; of a short query, or of no header, what it has read before."""
        if location in ("query", "headers") and _reads_alike(argmap):
            stated = _stated(argmap, location)
            if stated is not None and len(stated) <= _SHORT:
                return dict(self._read_before(argmap, location, stated))
        return super().parse(argmap, req, location=location, **options)

    @lru_cache(maxsize=_AT_HAND)  # noqa: B019 -- there is one parser
    def _read_before(self, schema: Schema, location: str, _stated: bytes) -> dict[str, Any]:
        read: dict[str, Any] = super().parse(schema, location=location)
        return read

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


def _stated(schema: Schema, location: str) -> bytes | None:
    """The query of the present request, or no header of those that the schema reads; else None."""
    if location == "query":
        return request.query_string
    headers = request.headers
    names = (field.data_key or name for name, field in schema.load_fields.items())
    return None if any(name in headers for name in names) else b""


@cache
def _reads_alike(schema: Schema) -> bool:
    """Whether a schema reads the same each time."""
    return not any(callable(field.load_default) for field in schema.load_fields.values())
