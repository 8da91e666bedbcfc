"""``mingjian`` as of an earlier language of the law, which knows nothing of ``[[adjustments]]``."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from api.law import book
from domain.policy.reading import Reader

if TYPE_CHECKING:
    from collections.abc import Callable

UNKNOWN = "adjustments"
"""A section that no pack of the house writes."""


def become() -> None:
    """Ask no text for that section, so that whoever writes it is told that there is none."""
    by_id = Reader.by_id

    def earlier(reader: Reader, section: str, read: Callable[[Reader], Any]) -> dict[str, Any]:
        return {} if section == UNKNOWN else by_id(reader, section, read)

    setattr(Reader, "by_id", earlier)  # noqa: B010 -- in this process alone
    setattr(book, "LANGUAGE", 0)  # noqa: B010 -- the same


if __name__ == "__main__":
    become()
    from api.command.__main__ import main

    main()
