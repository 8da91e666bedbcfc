"""From documents to the law: layers read, stacked and digested.

Documents come as text; whoever owns a disk reads them.
"""

from __future__ import annotations

import hashlib
import json
import tomllib
from dataclasses import dataclass, replace
from datetime import date, time
from typing import TYPE_CHECKING, Any

from domain.policy.consistency import check
from domain.policy.header import citations_of
from domain.policy.law import NATIONAL_DEFAULT, Law
from domain.policy.layer import BASE_NAMES, Layer, read_layer
from domain.policy.reading import PackError

if TYPE_CHECKING:
    from collections.abc import Iterable


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
    rules: dict[str, Any] = {}
    names = BASE_NAMES
    stacked: list[Layer] = []
    digests: list[tuple[str, str]] = []
    documents = [default, pack, *overlays]
    for document in documents:
        layer = read_layer(document.name, document.text, rules, names)
        rules |= citations_of(layer.rules)
        names |= frozenset(layer.facts)
        stacked.append(layer)
        digests.append((layer.header.id, digest_of(canonical(document.text))))
    _check_stack(documents, stacked)
    whole = stacked[0]
    for layer in stacked[1:]:
        whole = layer.over(whole)
    whole = replace(whole, header=stacked[1].header)
    check(documents[-1].name, whole)
    together = b"".join(canonical(document.text) for document in documents)
    return Law(
        digest=digest_of(together),
        layers=tuple(digests),
        whole=whole,
        default=stacked[0],
    )


def load_default(default: Document) -> Law:
    """The national default alone, for areas where no notice holds. Raises ``PackError``."""
    layer = read_layer(default.name, default.text, {}, BASE_NAMES)
    _check_stack([default], [layer])
    check(default.name, layer)
    digest = digest_of(canonical(default.text))
    return Law(digest=digest, layers=((layer.header.id, digest),), whole=layer, default=layer)


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


def _plain(value: object) -> str:
    if isinstance(value, date | time):
        return value.isoformat()
    msg = f"a pack holds texts, numbers, flags and days, not {value!r}"
    raise PackError(msg)


def _check_stack(documents: list[Document], layers: list[Layer]) -> None:
    if layers[0].header.id != NATIONAL_DEFAULT:
        msg = f"{documents[0].name}.pack.id: the lowest layer is {NATIONAL_DEFAULT}"
        raise PackError(msg)
    for document, layer in zip(documents[2:], layers[2:], strict=True):
        if layer.header.extends != layers[1].header.id:
            msg = f"{document.name}.pack.extends: an overlay names the pack that it extends"
            raise PackError(msg)
