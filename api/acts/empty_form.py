"""The form of an act with nothing filled in, made from what the act asks for."""

from __future__ import annotations

from datetime import date
from inspect import Parameter, signature
from types import MappingProxyType
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

_NOTHING: Mapping[str, object] = MappingProxyType({"str": "", "bool": False, "date": date.min})


def empty(decide: Callable[..., Any]) -> dict[str, object]:
    """Each member that is asked for by name, as empty as its type lets it be.

    Raises ``KeyError`` where it asks for what can't be left empty.
    """
    asked = signature(decide).parameters.values()
    named = [each for each in asked if each.kind is Parameter.KEYWORD_ONLY]
    return {each.name: _nothing(each.annotation) for each in named}


def _nothing(annotation: str) -> object:
    if annotation.endswith(" | None"):
        return None
    return () if annotation.startswith("tuple[") else _NOTHING[annotation]
