"""Reference data of a notice: channels, declarations, duties in words, texts.

Nothing here is reckoned with; it is shown, and asked to be confirmed where it says so.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from domain.refusal import Citation

if TYPE_CHECKING:
    from domain.policy.reading import Reader

KINDS = ("channel", "sign_in", "declaration", "duty", "text", "form_check", "system", "judgement")


@dataclass(frozen=True, kw_only=True)
class Reference:
    """One piece of reference data.

    ``kind``: a filing channel, a way of signing in, a declaration to be made by ``actor``, a
    duty, a text that is referred to, a check of a form, a system, a question for human judgement.
    """

    id: str
    kind: str
    actor: str | None
    chinese: str
    english: str
    address: str | None
    public: bool
    citations: tuple[Citation, ...]


def read_reference(reader: Reader) -> Reference:
    """Read one ``[[references]]`` table; ``public = false`` keeps an address out of answers."""
    public = reader.flag("public", default=True)
    address = reader.maybe_text("address")
    if address and not public:
        reader.fault(
            "address",
            "an address that is not public does not belong in a pack",
            "不公开的地址不能写进政策包",
        )
    return Reference(
        id=reader.text("id"),
        kind=reader.one_of("kind", KINDS),
        actor=reader.maybe_text("actor"),
        chinese=reader.text("zh"),
        english=reader.text("en"),
        address=address,
        public=public,
        citations=reader.citations(),
    )
