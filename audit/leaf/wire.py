"""An event as stored fields, and back, driven by the type hints of its class.

Every field is written, also when it holds its default.
A field that is missing in older bytes takes its default; a field that the class does not have
is refused, because it would be a fact that nobody reads.
"""

from __future__ import annotations

from collections.abc import Callable
from contextlib import suppress
from dataclasses import MISSING, dataclass, fields, is_dataclass
from enum import StrEnum
from functools import cached_property
from types import NoneType, UnionType
from typing import TYPE_CHECKING, Any, Protocol, Union, get_args, get_origin, get_type_hints

from audit.leaf.canonical import JSON
from audit.leaf.scalars import SCALARS, Scalar, word
from domain.personal import Personal

if TYPE_CHECKING:
    from collections.abc import Iterator
    from collections.abc import Set as AbstractSet

Seal = Callable[[str, Personal], JSON]
"""Given a JSON pointer and the words that stand there: what is stored instead."""
Unseal = Callable[[str, JSON], Personal]
"""Given a JSON pointer and what is stored there: whose words these are."""


class UnstorableError(TypeError):
    """An event holds, or a class declares, what the record has no way to write."""


class UnreadableError(ValueError):
    """Stored bytes are not what the class of their topic says.

    The message names the place, never the value.
    """


class Shape(Protocol):
    """How values of one type are written and read, with the JSON pointer of their place."""

    @property
    def sealed(self) -> bool:
        """Whether values of this type may hold ``Personal``."""

    @property
    def plain(self) -> tuple[type, ...]:
        """Of which types each value is stored as it is."""

    def words(self, value: Any) -> Iterator[Personal]:  # noqa: ANN401 -- its class says which
        """Every ``Personal`` that a value holds."""

    def write(self, value: object, pointer: str, seal: Seal) -> JSON:
        """What is stored for ``value``; raises ``UnstorableError``."""

    def read(self, stored: JSON, pointer: str, unseal: Unseal) -> Any:  # noqa: ANN401 -- its class says which
        """The value of what was stored; raises ``UnreadableError``."""


def shape_of(kind: type[Any]) -> Shape:
    """How a frozen dataclass is written: an object with all its fields.

    Raises ``UnstorableError`` naming class and field where a type is none of those that
    ``domain.event`` allows; so a class is known to be storable before its first event.
    """
    if kind not in _shapes:
        _shapes[kind] = _fields(kind)
    return _shapes[kind]


def personal_in(event: object) -> Iterator[Personal]:
    """Every ``Personal`` that an event holds, also inside its values."""
    return shape_of(type(event)).words(event)


@dataclass(frozen=True)
class _Single:
    scalar: Scalar
    sealed = False

    @cached_property
    def plain(self) -> tuple[type, ...]:
        return () if self.scalar.plain is None else (self.scalar.plain,)

    def words(self, value: object) -> Iterator[Personal]:  # noqa: ARG002
        return iter(())

    def write(self, value: object, pointer: str, seal: Seal) -> JSON:  # noqa: ARG002
        try:
            return self.scalar.write(value)
        except ValueError as error:
            msg = f"the value at {pointer} is no {error}"
            raise UnstorableError(msg) from error

    def read(self, stored: JSON, pointer: str, unseal: Unseal) -> object:  # noqa: ARG002
        try:
            return self.scalar.read(stored)
        except ValueError as error:
            msg = f"what is stored at {pointer} is not of the type that its class declares"
            raise UnreadableError(msg) from error


@dataclass(frozen=True)
class _Sealed:
    sealed = True
    plain = ()

    def words(self, value: Personal) -> Iterator[Personal]:
        yield value

    def write(self, value: object, pointer: str, seal: Seal) -> JSON:
        if not isinstance(value, Personal):
            msg = f"the value at {pointer} is no Personal"
            raise UnstorableError(msg)
        return seal(pointer, value)

    def read(self, stored: JSON, pointer: str, unseal: Unseal) -> Personal:
        return unseal(pointer, stored)


@dataclass(frozen=True)
class _Perhaps:
    shape: Shape

    @property
    def sealed(self) -> bool:
        return self.shape.sealed

    @cached_property
    def plain(self) -> tuple[type, ...]:
        return (*self.shape.plain, NoneType)

    def words(self, value: object) -> Iterator[Personal]:
        return iter(()) if value is None else self.shape.words(value)

    def write(self, value: object, pointer: str, seal: Seal) -> JSON:
        return None if value is None else self.shape.write(value, pointer, seal)

    def read(self, stored: JSON, pointer: str, unseal: Unseal) -> object:
        return None if stored is None else self.shape.read(stored, pointer, unseal)


@dataclass(frozen=True)
class _Several:
    shape: Shape
    plain = ()

    @property
    def sealed(self) -> bool:
        return self.shape.sealed

    def words(self, value: tuple[object, ...]) -> Iterator[Personal]:
        for one in value:
            yield from self.shape.words(one)

    def write(self, value: object, pointer: str, seal: Seal) -> JSON:
        if type(value) is not tuple:
            msg = f"the value at {pointer} is no tuple"
            raise UnstorableError(msg)
        if not self.shape.sealed:
            with suppress(UnstorableError):  # which one of them, is told by looking again
                write = self.shape.write
                return [write(one, pointer, seal) for one in value]
        return [self.shape.write(one, f"{pointer}/{i}", seal) for i, one in enumerate(value)]

    def read(self, stored: JSON, pointer: str, unseal: Unseal) -> tuple[object, ...]:
        if not isinstance(stored, list):
            msg = f"what is stored at {pointer} is not a list"
            raise UnreadableError(msg)
        if self.shape.plain and all(type(one) in self.shape.plain for one in stored):
            return tuple(stored)
        return tuple(self.shape.read(one, f"{pointer}/{i}", unseal) for i, one in enumerate(stored))


@dataclass(frozen=True)
class _Fields:
    kind: type[Any]
    shapes: dict[str, Shape]
    required: frozenset[str]

    plain = ()

    @cached_property
    def sealed(self) -> bool:
        return bool(self._sealed)

    @cached_property
    def _sealed(self) -> dict[str, Shape]:
        return {name: shape for name, shape in self.shapes.items() if shape.sealed}

    @cached_property
    def _prepared(self) -> tuple[tuple[str, tuple[type, ...], Shape], ...]:
        """Name, plain types and shape of each field: what is looked up once for a class."""
        return tuple((name, shape.plain, shape) for name, shape in self.shapes.items())

    def words(self, value: object) -> Iterator[Personal]:
        for name, shape in self._sealed.items():
            yield from shape.words(getattr(value, name))

    def write(self, value: object, pointer: str, seal: Seal) -> JSON:
        if type(value) is not self.kind:
            msg = f"the value at {pointer} is no {self.kind.__name__}"
            raise UnstorableError(msg)
        written = {}
        for name, plain, shape in self._prepared:
            one = getattr(value, name)
            if type(one) not in plain:
                one = shape.write(one, f"{pointer}/{name}", seal)
            written[name] = one
        return written

    def read(self, stored: JSON, pointer: str, unseal: Unseal) -> object:
        if not isinstance(stored, dict):
            msg = f"what is stored at {pointer} is not an object"
            raise UnreadableError(msg)
        if stored.keys() != self.shapes.keys():
            self._refuse_others(stored.keys(), pointer)
        values: dict[str, Any] = {}
        for name, plain, shape in self._prepared:
            if name in stored:
                one = stored[name]
                if type(one) not in plain:
                    one = shape.read(one, f"{pointer}/{name}", unseal)
                values[name] = one
        return self.kind(**values)

    def _refuse_others(self, names: AbstractSet[str], pointer: str) -> None:
        """Older bytes may lack fields that have a default, and nothing else differs."""
        unknown = names - self.shapes.keys()
        missing = self.required - names
        if unknown or missing:
            msg = f"{pointer}: fields unknown {sorted(unknown)}, fields missing {sorted(missing)}"
            raise UnreadableError(msg)


_shapes: dict[type[Any], Shape] = {}


def _fields(kind: type[Any]) -> Shape:
    if not is_dataclass(kind) or not kind.__dataclass_params__.frozen:  # type: ignore[attr-defined]
        msg = f"{kind.__name__} is not a frozen dataclass"
        raise UnstorableError(msg)
    hints = get_type_hints(kind)
    return _Fields(
        kind,
        {one.name: _shape(hints[one.name], f"{kind.__name__}.{one.name}") for one in fields(kind)},
        frozenset(
            one.name
            for one in fields(kind)
            if one.default is MISSING and one.default_factory is MISSING
        ),
    )


def _shape(hint: object, where: str) -> Shape:
    if hint in SCALARS:
        return _Single(SCALARS[hint])
    if hint is Personal:
        return _Sealed()
    if isinstance(hint, type):
        return _Single(word(hint)) if issubclass(hint, StrEnum) else shape_of(hint)
    match get_origin(hint), get_args(hint):
        case origin, (one, rest) if origin is tuple and rest is Ellipsis:
            return _Several(_shape(one, where))
        case origin, (one, none) | (none, one) if origin in (Union, UnionType) and none is NoneType:
            return _Perhaps(_shape(one, where))
    msg = f"{where} is of a type that the record has no way to write: {hint}"
    raise UnstorableError(msg)
