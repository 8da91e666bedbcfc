"""What somebody from the public hands in, and the words of it that are sealed under its own key."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from domain.objection.events import ComplaintReceived
from domain.objection.kept import FileHandedIn
from domain.personal import Personal, Purpose

if TYPE_CHECKING:
    from collections.abc import Iterable

    from api.acts.addressee import Address


@dataclass(frozen=True, kw_only=True)
class File:
    """A file that was uploaded before, with the title that its sender gave it."""

    file: str
    title: str | None
    media_type: str
    size: int
    digest: str

    def __repr__(self) -> str:
        """Say nothing personal: reprs end up in logs."""
        return f"File({self.file!r})"


@dataclass(frozen=True, kw_only=True)
class HandedIn:
    """What somebody from the public says; ``name`` and ``contact`` may be left out."""

    statement: str
    name: str | None
    contact: str | None
    files: tuple[File, ...] = ()

    def __repr__(self) -> str:
        """Say nothing personal: reprs end up in logs."""
        return "HandedIn(…)"


@dataclass(frozen=True)
class Receipt:
    """What a handed-in thing became: the stream to follow, as an objection or a complaint."""

    stream: str
    kind: str
    position: int


def words(text: str | None, stream: str) -> Personal | None:
    """Words sealed under the key of the objection or complaint; None where there are none."""
    return None if text is None else Personal(text, stream, Purpose.OBJECTION)


def received(
    stream: str, handed_in: HandedIn, origin: str, case: str | None, address: Address
) -> ComplaintReceived:
    """That a complaint came in."""
    return ComplaintReceived(
        origin=origin,
        case=case,
        about=address.about,
        authority=address.authority,
        statement=Personal(handed_in.statement, stream, Purpose.OBJECTION),
        name=words(handed_in.name, stream),
        contact=words(handed_in.contact, stream),
        attachments=tuple(each.file for each in handed_in.files),
    )


def files_of(stream: str, files: Iterable[File]) -> tuple[FileHandedIn, ...]:
    """That these files came in with it."""
    return tuple(
        FileHandedIn(
            file=each.file,
            title=words(each.title, stream),
            media_type=each.media_type,
            size=each.size,
            digest=each.digest,
        )
        for each in files
    )
