"""How webargs reads a request here: one media type, nothing unknown, no control characters."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

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


class StrictParser(FlaskParser):
    """Refuses what others quietly ignore. Unknown names are 422 in the body and in the query."""

    DEFAULT_UNKNOWN_BY_LOCATION: dict[str, str | None] = {  # noqa: RUF012 -- as webargs declares it
        **FlaskParser.DEFAULT_UNKNOWN_BY_LOCATION,
        "query": RAISE,
    }

    def _raw_load_json(self, req: Request) -> Any:  # noqa: ANN401 -- as webargs declares it
        octets = req.get_data(cache=True)
        if not octets:
            return missing
        if req.mimetype != "application/json":
            raise Problem("MEDIA_TYPE_UNSUPPORTED")
        return strict_json.loads(octets)

    def load_querystring(self, req: Request, schema: Schema) -> Any:  # noqa: ANN401 -- as webargs declares it
        """The query parameters, each without control characters; ``wait_for`` is no resource's."""
        errors = [
            strict_json.control_character_error(f"/query/{name}")
            for name, text in req.args.items(multi=True)
            if strict_json.holds_control_character(name + text)
        ]
        if errors:
            raise Problem("FIELDS_REFUSED", errors=errors)
        known = MultiDict(
            [pair for pair in req.args.items(multi=True) if pair[0] != visibility.PARAMETER]
        )
        return MultiDictProxy(known, schema)
