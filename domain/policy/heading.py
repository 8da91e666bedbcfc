"""What a pack says of itself has to be true of it, and be told wherever it is named."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from domain.policy.faults import at, close_to
from domain.policy.whereabouts import Whereabouts

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator, Mapping

    from domain.policy.faults import Fault
    from domain.policy.law import Law

_ID = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*")
_LONGEST_ID = 80
HIGHEST = 9_999
"""The highest number of an edition: nobody corrects a notice as often."""


def ill_headed(law: Law) -> tuple[Fault, ...]:
    """What can't be so in the heads of a law's documents, with document and line."""
    places, labels = Whereabouts(law.texts), law.whole.labels
    heads = (layer.table["pack"] for layer in places.layers)
    found = [fault for head in heads for fault in _in_head(head, labels)]
    return tuple(map(places.exactly, found))


def _in_head(said: Mapping[str, Any], labels: Collection[str]) -> Iterator[Fault]:
    if not _ID.fullmatch(said["id"]) or len(said["id"]) > _LONGEST_ID:
        yield at(
            "pack.id",
            "is written in small letters, digits and hyphens, 80 at most",
            "编号只用小写字母、数字和连字符，最多 80 个",
        )
    if not 1 <= said["version"] <= HIGHEST:
        yield at("pack.version", f"is from 1 to {HIGHEST}", f"版本号须在 1 到 {HIGHEST} 之间")
    place = said["jurisdiction"]
    if place and not all(step and step == step.strip() for step in place.split("/")):
        yield at(
            "pack.jurisdiction",
            "is written from the province down, as in 甲省/乙市, without spaces",
            "从省写起，用一个斜线隔开，前后没有空格和多余的斜线，如 甲省/乙市",
        )
    elif said["province"] != place.partition("/")[0]:
        yield at(
            "pack.province",
            f"is the province of {place}",
            f"与适用地区“{place}”所在的省不同",
        )
    procedure = said.get("procedure", "")
    if procedure and procedure not in labels:
        yield at(
            "pack.procedure",
            "is none of [[labels]]",
            "[[labels]] 里没有这种办理方式",
            close_to([procedure], labels),
        )
