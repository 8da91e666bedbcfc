"""JSON as it is answered: UTF-8, Chinese unescaped, instants in RFC 3339."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import orjson
from flask import Response
from flask.json.provider import JSONProvider

if TYPE_CHECKING:
    from flask import Flask


class AnswerJSON(JSONProvider):
    """Flask's way to JSON. Requests are read by ``api.conventions.strict_json`` instead."""

    def dumps(self, obj: Any, **_: Any) -> str:  # noqa: ANN401 -- as Flask's
        """The JSON text of an answer."""
        return orjson.dumps(obj, option=orjson.OPT_UTC_Z).decode()

    def response(self, *args: Any, **kwargs: Any) -> Response:  # noqa: ANN401 -- as Flask's
        """The answer itself, whose octets are written once."""
        written = orjson.dumps(self._prepare_response_obj(args, kwargs), option=orjson.OPT_UTC_Z)
        return Response(written, mimetype="application/json")

    def loads(self, s: str | bytes, **_: Any) -> Any:  # noqa: ANN401 -- as Flask's
        """The value of a JSON text."""
        return orjson.loads(s)


def register_json(app: Flask) -> None:
    """Let the application answer with it."""
    app.json = AnswerJSON(app)
