"""The sentences of refusals that are shared by what two officers decide on who is who."""

from __future__ import annotations

from domain.refusal import Refusal


def already_one(pointer: str = "") -> Refusal:
    """The two are one human being already."""
    return Refusal(
        "ALREADY_ONE",
        "所指的两人已是同一人，无需办理。",
        "The two are one person already; nothing has to be done.",
        pointer=pointer,
    )


def no_such_proposal() -> Refusal:
    """Nothing waits to be confirmed: it was confirmed, or no longer holds."""
    return Refusal(
        "NO_SUCH_PROPOSAL",
        "没有这项待确认的提议，可能已经确认，或所涉情况已经改变。请刷新后核对。",
        "There is no such proposal to confirm: it was confirmed, or things have changed since."
        " Reload and check.",
    )
