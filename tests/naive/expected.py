"""By address, what a list holds for somebody: in which member, told apart by which, in order."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from tests.naive import beside, waiting
from tests.naive.callers import Caller
from tests.naive.lists import Lists

Expected = Mapping[str, tuple[str, str, Callable[[Lists, Caller], list[Any]]]]
EXPECTED: Expected = {
    "/v1/cases": ("cases", "case", lambda by, who: by.ordered(by.cases_for(who, []), None)),
    "/v1/acts": ("acts", "position", lambda by, who: by.acts_for(who, [])),
    "/v1/refusals": ("refusals", "position", lambda by, who: by.refusals_for(who, [])),
    "/v1/objections": ("objections", "stream", lambda by, who: by.handed_in_for(who)),
    "/v1/investigations": (
        "investigations",
        "investigation",
        lambda by, who: by.investigations_for(who, []),
    ),
    "/v1/accounts": ("accounts", "account", lambda by, who: by.accounts_for(who)),
    "/v1/organisations": ("organisations", "organisation", lambda by, who: by.houses_for(who)),
    "/v1/consultations": ("consultations", "position", lambda by, who: by.looks_for(who)),
    "/v1/publicities": ("publicities", "posting", lambda by, who: by.public_on(who.today)),
    "/v1/work-queue": ("cases", "case", lambda by, who: waiting.queue_for(who, by.turns)),
    "/v1/matters": ("matters", "stream", lambda _, who: waiting.matters_for(who)),
    "/v1/erasures": ("erasures", "erasure", lambda _, who: beside.erasures_for(who)),
    "/v1/holds": ("holds", "hold", lambda _, who: beside.holds_for(who, lifted=False)),
    "/v1/holds?lifted=true": ("holds", "hold", lambda _, who: beside.holds_for(who, lifted=True)),
    "/v1/mandates": ("mandates", "mandate", lambda _, who: beside.mandates_for(who, over=False)),
    "/v1/moves": ("moves", "move", lambda _, who: beside.moves_for(who, over=False)),
    "/v1/moves?settled=true": ("moves", "move", lambda _, who: beside.moves_for(who, over=True)),
    "/v1/person-links": ("links", "link", lambda _, who: beside.links_for(who, settled=False)),
    "/v1/unfinished-findings": (
        "findings",
        "investigation",
        lambda by, who: beside.unfinished_for(who, by.phases),
    ),
}
