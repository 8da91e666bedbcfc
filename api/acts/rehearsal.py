"""What keeps somebody from an act: it is gone through with a blank form, and nothing is recorded.

So a button tells the truth by the very rules by which the act is then refused.
"""

from __future__ import annotations

from datetime import date
from inspect import Parameter, signature
from types import MappingProxyType
from typing import TYPE_CHECKING, Any

from api.acts.guard import deliberate
from api.problems import Problem
from domain.refusal import Refused
from domain.replacing import replace

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from api.acts.desk import Desk
    from api.acts.guard import Form, Row
    from domain.refusal import Refusal

_NOTHING: Mapping[str, object] = MappingProxyType({"str": "", "bool": False, "date": date.min})
"""What a member is, left empty, by its type."""


def against(desk: Desk, row: Row[Any, Any], name: str) -> tuple[Refusal, ...]:
    """What keeps the caller from an act on the thing of that name, whatever they would say.

    Where it is about one of several parts of the thing: from all of them, as it is told of the
    first.
    """
    if not callable(row.blank):
        return () if row.blank is None else _rehearsed(desk, row, name, row.blank)
    kept_by: tuple[Refusal, ...] = ()
    for form in row.blank(row.about.find(desk, name)):
        refusals = _rehearsed(desk, row, name, form)
        if not refusals:
            return ()
        kept_by = kept_by or refusals
    return kept_by


def _rehearsed(desk: Desk, row: Row[Any, Any], name: str, form: Form) -> tuple[Refusal, ...]:
    """What is refused of the act, on a desk aside, from which nothing is appended.

    What is refused of a member of the form tells of the blank, and is nothing against the act.
    """
    try:
        deliberate(desk.aside(), replace(row, fresh=False), name, dict(form))
    except Refused as refused:
        return tuple(each for each in refused.refusals if not each.pointer)
    except Problem:  # of what the form names; who may do the act at all was looked at before
        return ()
    return ()


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
