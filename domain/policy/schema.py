"""A JSON Schema (draft 2020-12) of packs, taken from the readers themselves.

Each reader is called once with a table that has everything: what it asks for is the schema.
So there is no second description that could say something else. What a schema can't say, and
``policy check`` does: whether what a pack refers to is there, a fact of one's own that is named
nowhere, of which keys exactly one is written, and what values mean together.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, TypeVar

from domain.policy.asking import BOUNDS, read_meaning
from domain.policy.binding import BINDS, Binding
from domain.policy.checks import CHECKS
from domain.policy.edition import BY_ADDRESS, CHANGED, LIES_OVER, OWN
from domain.policy.header import read_header, read_quoted
from domain.policy.kinds import KINDS
from domain.policy.layer import BASE_NAMES, LISTS, TABLES
from domain.policy.names import NAMES, OPEN_PREFIX, RECORDS
from domain.policy.reading import REQUIRED, Known, Reader
from domain.policy.schema_words import KEYS, SECTIONS
from domain.policy.sources import read_table
from domain.policy.vocabulary import FIXED, YES_OR_NO

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from fractions import Fraction

    from domain.refusal import Citation

Entry = TypeVar("Entry")
Schema = dict[str, Any]

DIALECT = "https://json-schema.org/draft/2020-12/schema"
_INSIDE = "inside"
_OWN = "*"  # any list of periods that a pack names
_TYPES: Mapping[str, Schema] = {
    "str": {"type": "string"},
    "int": {"type": "integer"},
    "bool": {"type": "boolean"},
    "date": {"type": "string", "format": "date"},
    "time": {"type": "string", "format": "time"},
    "dict": {"type": "object"},
    "list": {"type": "array"},
}


def pack_schema() -> Schema:
    """The schema of a pack's document."""
    sections: Schema = {
        "pack": _header(),
        "rules": {
            "type": "object",
            "additionalProperties": _one("rules", lambda reader: read_quoted(reader, "", "")),
        },
        "facts": {
            "type": "object",
            "additionalProperties": {
                "anyOf": [{"type": "string"}, _one("facts", read_table)],
            },
        },
        "names": {
            "type": "object",
            "additionalProperties": _one("names", lambda reader: read_meaning(reader, "")),
        },
    }
    sections["refusals"] = {
        "type": "object",
        "additionalProperties": {
            "anyOf": [{"type": "string"}, {"type": "array", "items": {"type": "string"}}]
        },
    }
    for name in ("set_aside", *BY_ADDRESS):
        each: Schema = {} if name == CHANGED else {"type": "string"}
        sections[name] = {"type": "object", "additionalProperties": each}
    sections[BINDS] = {"type": "object", "additionalProperties": {"enum": list(Binding)}}
    for name, read in LISTS.items():
        place = f"#/properties/{name}/items"
        listed = _rules(place, read) if "conditions" in name else _of(place, read)
        sections[name] = {"type": "array", "items": listed}
    sections |= {name: _one(name, read) for name, read in TABLES.items()}
    for name, schema in sections.items():
        schema["description"] = SECTIONS[name]
    return {
        "$schema": DIALECT,
        "title": "明鉴政策包 / a policy pack of Mingjian",
        "type": "object",
        "properties": sections,
        "required": ["pack"],
        "additionalProperties": False,
        "$defs": {"facts": facts_schema(), **{name: record_schema(name) for name in RECORDS}},
    }


def facts_schema() -> Schema:
    """A table of facts and the values asked for, as under ``when``."""
    properties: Schema = {name: _values(name, NAMES[name]) for name in NAMES}
    properties |= {name: {"anyOf": [_ANY_OR_NONE, _defined(name)]} for name in RECORDS}
    return {
        "type": "object",
        "properties": {**properties, **_joined("facts")},
        "patternProperties": {f"^{OPEN_PREFIX}": {}},
    }


def record_schema(of: str) -> Schema:
    """A table of what one record of a list must be like."""
    told = RECORDS[of]
    properties: Schema = {name: _values(f"{of}.{name}", told[name]) for name in told}
    count = {"type": "integer", "minimum": 0, "description": "至少几条；0 表示一条也没有"}
    return {"type": "object", "properties": {**properties, "count": count, **_joined(of)}}


_ANY_OR_NONE: Schema = {"enum": ["none", "some"]}


def _defined(name: str) -> Schema:
    return {"$ref": f"#/$defs/{name}"}


def _joined(of: str) -> Schema:
    several = {"type": "array", "items": _defined(of)}
    return {"any": several, "all": several, "unless": _defined(of)}


_BOUND: Schema = {"type": ["string", "integer"]}
_BOUNDS: Schema = {
    "type": "object",
    "properties": dict.fromkeys(BOUNDS, _BOUND),
    "minProperties": 1,
    "additionalProperties": False,
    "description": "范围：不少于、不多于、自某日起、早于某日、与另一事实相同",
}


def _values(name: str, told: str) -> Schema:
    one: Schema = {"type": ["string", "integer", "boolean"]}
    words = ["true", "false"] if name in YES_OR_NO else list(FIXED.get(name, ()))
    if name in YES_OR_NO:
        one = {"enum": [True, False, "none", "some"]}
    elif words:
        one = {"anyOf": [{"enum": [*words, "none", "some"]}, {"type": "string", "pattern": r"\*"}]}
    return {"anyOf": [one, {"type": "array", "items": one}, _BOUNDS], "description": told}


def _header() -> Schema:
    """The ``[pack]`` table; an edition that follows another inherits most of it."""
    header = _one("pack", read_header)
    alone = header.pop("required")
    edition = [key for key in alone if key in OWN]
    follows: Schema = {"anyOf": [{"required": [key]} for key in LIES_OVER]}
    return {**header, "if": follows, "then": {"required": edition}, "else": {"required": alone}}


def _one(name: str, read: Callable[[Reader], object]) -> Schema:
    return _of(f"#/properties/{name}", read)


def _of(place: str, read: Callable[[Reader], object]) -> Schema:
    described = _Description(place)
    read(described)
    return described.schema()


def _rules(place: str, read: Callable[[Reader], object]) -> Schema:
    """Conditions, whose parameters are those of the check that they name."""
    whole = _Description(place)
    cases: list[Schema] = []
    for number, check in enumerate(CHECKS):
        one = _Description(f"{place}/allOf/{number}/then", {"check": check})
        read(one)
        own = one.schema()
        whole.add(one)
        named: Schema = {"properties": {"check": {"const": check}}}
        if check != "facts":
            named["required"] = ["check"]
        known = {key: own["properties"].get(key, False) for key in _PARAMETERS}
        needed = [key for key in own["required"] if key in known]
        cases.append({"if": named, "then": {"properties": known, "required": needed}})
    schema = whole.schema()
    schema["properties"] |= {key: {} for key in _PARAMETERS}
    schema["required"] = [key for key in schema["required"] if key not in _PARAMETERS]
    return {**schema, "allOf": cases}


_PARAMETERS = ("with", "require", "forbid", "items", "at_least")
"""The keys of a condition that belong to its check."""


def _whole(schema: Schema) -> Schema:
    """A schema with what was asked of the tables inside it, now that they were read."""
    if "items" in schema:
        return {**schema, "items": _whole(schema["items"])}
    inside = schema.get(_INSIDE)
    rest = {key: each for key, each in schema.items() if key != _INSIDE}
    return {**rest, **inside.schema()} if inside else rest


class _Description(Reader):
    """A table that has whatever is asked for, and keeps what that was."""

    def __init__(
        self,
        place: str,
        fixed: Mapping[str, str] | None = None,
        within: Mapping[str, str] | None = None,
    ) -> None:
        super().__init__({}, "", Known({}, BASE_NAMES, {_OWN: frozenset()}), [])
        self._place = place
        self._fixed = fixed or {}
        self._within = within or {}
        self._properties: Schema = {}
        self._required: set[str] = set()
        self._optional: set[str] = set()

    def add(self, other: _Description) -> None:
        """Take over what was asked of another table of the same kind."""
        self._properties |= other._properties
        self._required |= other._required
        self._optional |= other._optional

    def schema(self) -> Schema:
        """What was asked for, and nothing else."""
        return {
            "type": "object",
            "properties": {key: _whole(each) for key, each in self._properties.items()},
            "required": sorted(self._required - self._optional),
            "additionalProperties": False,
        }

    def __contains__(self, key: str) -> bool:
        self._optional.add(key)
        return True

    def _note(self, key: str, schema: Schema, *, required: bool) -> None:
        told = {"description": KEYS[key]} if key in KEYS else {}
        before = self._properties.get(key, {})
        self._properties[key] = {**schema, **told, **before}
        if required:
            self._required.add(key)

    def _take(self, key: str, kind: type, default: Any) -> Any:  # noqa: ANN401 -- as in Reader
        needed = default is REQUIRED
        self._note(key, dict(_TYPES[kind.__name__]), required=needed)
        return KINDS[kind][2] if needed or default is None else default

    def fault(self, key: str, english: str, chinese: str, meant: tuple[str, ...] = ()) -> None:
        """Nothing is wrong with what is not there."""

    def is_text(self, key: str) -> bool:
        """Either may stand there."""
        self._properties[key] = {"type": ["string", "integer"]}
        return False

    def texts(self, key: str, default: tuple[str, ...] = REQUIRED) -> tuple[str, ...]:
        """A text or several."""
        return self._some(key, {"type": "string"}, default)

    def some_of(
        self, key: str, choices: tuple[str, ...], default: tuple[str, ...] = REQUIRED
    ) -> tuple[str, ...]:
        """A word or several."""
        return self._some(key, {"enum": list(choices)}, default)

    def _some(self, key: str, one: Schema, default: tuple[Entry, ...]) -> tuple[Entry, ...]:
        several = {"anyOf": [one, {"type": "array", "items": one}]}
        self._note(key, several, required=default is REQUIRED)
        return () if default is REQUIRED else default

    def numbers(self, key: str, default: tuple[int, ...] = REQUIRED) -> tuple[int, ...]:
        """A whole number or several."""
        return self._some(key, {"type": "integer"}, default)

    def fraction(self, key: str) -> Fraction:
        """A fraction."""
        self._note(key, {"type": "string", "pattern": "^[0-9]+(/[0-9]+)?$"}, required=True)
        return super().fraction(key)

    def one_of(self, key: str, choices: tuple[str, ...], default: str = REQUIRED) -> str:
        """A word."""
        among = {"enum": [each for each in choices if each != _OWN]}
        schema = {"anyOf": [among, {"type": "string"}]} if _OWN in choices else among
        self._note(key, schema, required=default is REQUIRED)
        return self._fixed.get(key, choices[0] if default is REQUIRED else default)

    def text(self, key: str, default: str = REQUIRED) -> str:
        """A text, which may be fixed."""
        self._note(key, {"type": "string"}, required=default is REQUIRED)
        return self._fixed.get(key, "" if default is REQUIRED else default)

    def table(self, key: str, of: str = "facts") -> Mapping[str, Any]:
        """A test of facts, or of one record."""
        self._note(key, _defined(of if of in RECORDS else "facts"), required=False)
        return {}

    def inner(self, key: str) -> Reader | None:
        """A table that may be left out."""
        self._optional.add(key)
        return self.needed(key)

    def needed(self, key: str) -> Reader:
        """A table, described by whoever reads it."""
        place = f"{self._place}/properties/{key}"
        inside = _Description(place, within=self._within)
        self._note(key, {_INSIDE: inside}, required=True)
        return inside

    def each(self, key: str) -> list[Reader]:
        """A list of one table; of one that stands within itself, where it was described."""
        if key in self._within:
            again = {"$ref": self._within[key]}
            self._note(key, {"type": "array", "items": again}, required=False)
            return []
        place = f"{self._place}/properties/{key}/items"
        inside = _Description(place, within={**self._within, key: place})
        self._note(key, {"type": "array", "items": {_INSIDE: inside}}, required=False)
        return [inside]

    def finish(self) -> None:
        """Nothing was left over."""

    def citations(self, key: str = "rule") -> tuple[Citation, ...]:
        """The rules that a value rests on."""
        self.texts(key)
        return ()
