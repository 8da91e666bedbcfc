"""From documents to the law: layers read, stacked and digested.

Documents come as text; whoever owns a disk reads them.
"""

from __future__ import annotations

import hashlib
import json
import tomllib
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

from domain.policy.consistency import check
from domain.policy.header import citations_of
from domain.policy.law import NATIONAL_DEFAULT, Law
from domain.policy.layer import BASE_NAMES, Layer, read_layer
from domain.policy.reading import Known, PackError
from domain.toml import TomlError, read_toml

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from datetime import date, time


@dataclass(frozen=True)
class Document:
    """A pack's text, and how errors call it (its file name)."""

    name: str
    text: str


def load_law(default: Document, pack: Document, overlays: Iterable[Document] = ()) -> Law:
    """The law of a pack over the national default, with overlays on top.

    Raises ``PackError`` naming document and key when a document has an unknown or missing
    key, a wrong value, a missing citation, or refers to something that is not there.
    """
    documents = [default, pack, *overlays]
    layers = _stacked(documents)
    whole = layers[0]
    for layer in layers[1:]:
        whole = layer.over(whole)
    whole = replace(whole, header=layers[1].header)
    check(documents[-1].name, whole)
    contents = [canonical(document.text) for document in documents]
    named = zip(layers, contents, strict=True)
    return Law(
        digest=digest_of(b"".join(contents)),
        layers=tuple((layer.header.id, digest_of(content)) for layer, content in named),
        whole=whole,
        default=layers[0],
        texts=tuple((document.name, document.text) for document in documents),
    )


def load_default(default: Document) -> Law:
    """The national default alone, for areas where no notice holds. Raises ``PackError``."""
    (layer,) = _stacked([default])
    check(default.name, layer)
    digest = digest_of(canonical(default.text))
    return Law(digest=digest, layers=((layer.header.id, digest),), whole=layer, default=layer)


def table_of(document: Document) -> Mapping[str, Any]:
    """What a document says, read as TOML and nothing more. Raises ``PackError``."""
    try:
        return read_toml(document.name, document.text)
    except TomlError as wrong:
        raise PackError(str(wrong)) from wrong


def canonical(text: str) -> bytes:
    """A document as canonical bytes: comments and layout do not change them, words do."""
    table = tomllib.loads(text)
    encoded = json.dumps(
        table, ensure_ascii=False, sort_keys=True, separators=(",", ":"), default=_plain
    )
    return encoded.encode() + b"\n"


def digest_of(content: bytes) -> str:
    """SHA-256 in lower-case hex."""
    return hashlib.sha256(content).hexdigest()


def _plain(value: date | time) -> str:
    """A day or an hour as a text: TOML has no other value that JSON has not."""
    return value.isoformat()


def _stacked(documents: list[Document]) -> list[Layer]:
    """The layers from the lowest up; each may cite the rules and facts of those beneath."""
    known = Known({}, BASE_NAMES)
    layers: list[Layer] = []
    for document in documents:
        table = table_of(document)
        _check_place(document.name, table, layers)
        layer = read_layer(document.name, table, known)
        known = known.with_further(citations_of(layer.rules), layer.facts)
        layers.append(layer)
    return layers


def _check_place(name: str, table: Mapping[str, Any], beneath: list[Layer]) -> None:
    """The default lies lowest, and an overlay names the pack on which it lies."""
    header = table.get("pack", {})
    if not beneath and header.get("id") != NATIONAL_DEFAULT:
        msg = f"{name}.pack.id: the lowest layer is {NATIONAL_DEFAULT}"
        raise PackError(msg)
    if len(beneath) > 1 and header.get("extends") != beneath[1].header.id:
        msg = f"{name}.pack.extends: an overlay names the pack that it extends"
        raise PackError(msg)
