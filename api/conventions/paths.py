"""Ids in addresses: letters, digits, ``.``, ``_`` and ``-``. Any other address does not exist."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from werkzeug.routing import BaseConverter

if TYPE_CHECKING:
    from flask import Flask
    from werkzeug.routing import Map

    from api.conventions.openapi import Api

_LONGEST = 120


class IdConverter(BaseConverter):
    """What ``<…_id>`` in a rule takes."""

    regex = rf"[A-Za-z0-9._-]{{1,{_LONGEST}}}"

    def __init__(self, url_map: Map, kind: str | None = None) -> None:
        """``kind`` is what the id must begin with, where the collection has other addresses."""
        super().__init__(url_map)
        if kind is not None:
            self.regex = rf"{kind}-{IdConverter.regex}"


def register_paths(app: Flask) -> None:
    """Let the rules of the application take ids alone; call it before there are any."""
    app.url_map.converters["default"] = app.url_map.converters["id"] = IdConverter


def document_paths(api: Api) -> None:
    """Say in the OpenAPI document what an id is."""
    api.register_converter(IdConverter, _schema)


def _schema(converter: IdConverter) -> dict[str, Any]:
    return {"type": "string", "pattern": f"^{converter.regex}$"}
