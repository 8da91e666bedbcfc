"""Words about a human being, and whose key seals them.

Domain code passes ``Personal`` values through and decides nothing by their text.
Whether a claim still stands in the same words is found when it is stated, and the answer is part
of the event: nothing that is decided later changes when words are erased.
The record seals each on its own, so that destroying a key removes the words and
changes no hash.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING, TypeVar

if TYPE_CHECKING:
    from collections.abc import Callable

T = TypeVar("T")


class Purpose(StrEnum):
    """What a sealing key is for; one human being has a separate key for each."""

    APPLICANT = "applicant"
    """What a case says about the person who applies."""
    OFFICIAL = "official"
    """What the record says about a person who holds an office."""
    DISCIPLINE = "discipline"
    """What an investigation, a finding or an integrity record says of its subject."""
    OBJECTION = "objection"
    """Who objected or complained, and in which words."""
    ACCESSION = "accession"
    """Who applies for an employer's registration, and whom they name to administer its accounts."""
    MATERIAL = "material"
    """The name and content of one attached file; its owner is the material."""


@dataclass(frozen=True)
class Personal:
    """A text sealed under the key of its owner.

    ``text`` is None once the key has been destroyed by a recorded erasure; shown as
    「已依法删除」.
    ``owner`` is the stream id of the person (or of the material, objection, complaint or accession)
    to whom the words belong: an opinion about an applicant belongs to the applicant,
    an official's name to the official.
    """

    text: str | None
    owner: str
    purpose: Purpose

    def __repr__(self) -> str:
        """Show whose words these are, never the words: reprs end up in logs."""
        return f"Personal(…, owner={self.owner!r}, purpose={self.purpose.value!r})"


def tells_only(*names: str) -> Callable[[type[T]], type[T]]:
    """Let the repr of a class tell these of its fields alone: reprs end up in logs."""

    def told(self: object) -> str:
        shown = (f"{name}={getattr(self, name)!r}" for name in names)
        return f"{type(self).__name__}({', '.join((*shown, '…'))})"

    def decorate(kind: type[T]) -> type[T]:
        kind.__repr__ = told  # type: ignore[method-assign] # in the place of the dataclass's own
        return kind

    return decorate
