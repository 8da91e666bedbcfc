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


def name_erased() -> Refusal:
    """Nobody knows any more what the person was called."""
    return Refusal(
        "NAME_ERASED",
        "本人的姓名、证件等信息已依法删除，无从办理更名。本人再次申报的，按现用姓名重新登记。",
        "The name of this person was erased by law, and can't be changed. Whoever files again is"
        " registered anew, under the name that they have then.",
        pointer="/person",
    )


def no_such_proposal() -> Refusal:
    """Nothing waits to be confirmed: it was confirmed, or no longer holds."""
    return Refusal(
        "NO_SUCH_PROPOSAL",
        "没有这项待确认的提议，可能已经确认，或所涉情况已经改变。请刷新后核对。",
        "There is no such proposal to confirm: it was confirmed, or things have changed since."
        " Reload and check.",
    )
