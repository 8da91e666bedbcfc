"""Forms filled by who knows nothing of the field: by what the server itself tells of each member.

What the representation says under a member's name is typed, or an id of its kind that stands
there; a day is today; anything else is the example that the OpenAPI document gives.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from domain.beijing import day
from tests.api.actor import Actor, Place
from tests.api.client import Client
from tests.api.filings import SCAN, done

if TYPE_CHECKING:
    from datetime import date


Told = Mapping[str, Any]
_NOBODY = re.compile("([a-z-]+)-00000000-0000-4000-8000-000000000000")
"""The id of an example, which is nobody's."""


@dataclass
class Forms:
    """The forms of every operation, as ``/openapi.json`` of a place describes them."""

    place: Place
    document: Told = field(init=False)
    bodies: Mapping[str, Told] = field(init=False)

    def __post_init__(self) -> None:
        """Read the document."""
        self.document = done(Client(self.place.address).get("/openapi.json")).body
        self.bodies = {
            operation["operationId"]: content["schema"]
            for path in self.document["paths"].values()
            for method, operation in path.items()
            if method == "post"
            for content in operation.get("requestBody", {}).get("content", {}).values()
        }

    def filled(
        self, by: Actor, button: Told, path: str, seen: Told, typed: Told
    ) -> dict[str, Any] | None:
        """The form of a button; None where nobody can know what to say.

        It holds what is ``typed`` by the one who presses, beyond what they are told; whatever else
        is required; and which thing it is that they look at.
        """
        described = self._resolved(self.bodies.get(button["operation"], {})).get("properties", {})
        itself = {each.partition("-")[0]: each for each in path.split("/") if "-" in each}
        filled: dict[str, Any] = {}
        for member in button["body"]:
            name = member["name"]
            if name in typed:
                filled[name] = typed[name]
            elif not member["required"]:
                filled |= {name: itself[name]} if name in itself else {}
            elif name == "upload":
                filled[name] = _uploaded(by, button, seen)
            else:
                filled[name] = self._told(described[name], name, seen)
        lacking = [each["name"] for each in button["body"] if each["required"]]
        said = (name in typed or filled[name] is not None for name in lacking)
        return filled if all(said) else None

    @property
    def _today(self) -> date:
        return day(self.place.clock.now())

    def _told(self, told: Told, name: str, seen: Told) -> Any:  # noqa: ANN401 -- JSON
        told = self._resolved(told)
        if told.get("format") == "date":
            return self._today.isoformat()
        if "properties" in told:
            parts = told["properties"].items()
            whole = {part: self._told(each, part, seen) for part, each in parts}
            return None if None in whole.values() else whole
        here = next(under(seen, name), None)
        if isinstance(here, type(told["example"])) and here in told.get("enum", (here,)):
            return here
        return _known(told["example"], seen)

    def _resolved(self, schema: Told) -> Told:
        while "$ref" in schema:
            schema = self.document["components"]["schemas"][schema["$ref"].rpartition("/")[2]]
        return schema


def addressed(address: str, seen: Told) -> str | None:
    """An address whose braces hold members of the representation; None where one says nothing."""
    return next(iter(all_addressed(address, seen)), None)


def all_addressed(address: str, seen: Told) -> list[str]:
    """Every such address, where it is about one of several things: that of the nearest first."""
    found = [address]
    for name in re.findall("[{]([^}]+)[}]", address):
        values = dict.fromkeys(e for e in under(seen, name) if isinstance(e, str | int))
        found = [each.replace(f"{{{name}}}", str(value)) for each in found for value in values]
    return found


def version_of(by: Actor, button: Told, seen: Any) -> int | None:  # noqa: ANN401 -- an answer
    """The version that a button asks for, from where it says that it is told."""
    if not button["version"]:
        return None
    there = seen if button["version_at"] is None else done(by.get(button["version_at"]))
    return int(there.headers["ETag"][2:-1])


def under(told: object, name: str) -> Iterator[Any]:
    """What stands under a name in what was told, however deep, the nearest first."""
    level = [told]
    while level:
        things = [each for each in level if isinstance(each, dict)]
        yield from (each[name] for each in things if each.get(name) is not None)
        level = [part for each in level for part in _parts(each)]


def _parts(told: object) -> list[object]:
    if isinstance(told, dict):
        return list(told.values())
    return told if isinstance(told, list) else []


def _known(example: Any, seen: Told) -> Any:  # noqa: ANN401 -- JSON
    """An example, in which an id of nobody is one of its kind that is told; None where none is."""
    if isinstance(example, list):
        several = [_known(each, seen) for each in example]
        return None if None in several else several
    if not isinstance(example, str) or (nobody := _NOBODY.fullmatch(example)) is None:
        return example
    return next((each for each in _words(seen) if each.startswith(f"{nobody[1]}-")), None)


def _words(told: object) -> Iterator[str]:
    if isinstance(told, str):
        yield told
    for each in _parts(told):
        yield from _words(each)


def _uploaded(by: Actor, button: Told, seen: Told) -> str | None:
    """A scan that was uploaded where the button says; None where it is not taken there."""
    address = addressed(button["upload"], seen)
    assert address is not None
    answer = by.client.act(address, SCAN, media_type="application/pdf")
    upload: str | None = answer.body.get("upload")
    return upload
