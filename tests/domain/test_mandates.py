"""Mandates: proposed with the document by one, approved by another, good until their last day."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest

from domain.mandate import (
    Mandate,
    MandateApproved,
    MandateDeclined,
    MandateDocumentAttached,
    MandateKind,
    MandateProposed,
    MandateScope,
    attach,
    decide,
    propose,
    rely_on,
)
from domain.refusal import Refused
from tests.domain.given import given
from tests.domain.invented import AN, BAI, TODAY

SCOPE = MandateScope(persons=(AN,))
PROPOSED = MandateProposed(
    organisation="organisation-1",
    kind=MandateKind.RETRIEVAL_LETTER,
    document="某纪函〔2024〕1号",
    scope=SCOPE,
    last_day=TODAY,
)
FILE = MandateDocumentAttached(
    file="material-1", media_type="application/pdf", size=1, digest="0" * 64
)
BARE = Mandate(
    mandate="mandate-1",
    organisation="organisation-1",
    kind=MandateKind.RETRIEVAL_LETTER,
    document="某纪函〔2024〕1号",
    scope=SCOPE,
    last_day=TODAY,
    proposer=BAI,
)
WAITING = replace(BARE, file=FILE)
IN_FORCE = replace(WAITING, approved=True)
YESTERDAY = TODAY - timedelta(days=1)


def test_a_mandate_is_proposed_until_its_last_day() -> None:
    given(PROPOSED).when(propose, TODAY, ()).then(PROPOSED)
    over = replace(PROPOSED, last_day=YESTERDAY)
    given(over).when(propose, TODAY, ()).refused_at("MANDATE_EXPIRED", "/last_day")


def test_a_mandate_is_about_something_that_its_body_watches_over() -> None:
    about_nothing = replace(PROPOSED, scope=MandateScope())
    given(about_nothing).when(propose, TODAY, ()).refused_at("MANDATE_WITHOUT_SCOPE", "/scope")
    given(PROPOSED).when(propose, TODAY, (AN,)).refused_at("MANDATE_BEYOND", "/scope")


def codes(mandate: Mandate, **members: Any) -> tuple[str, ...]:  # noqa: ANN401 -- of a decision
    asked = {"approved": True, "proposed_it": False, "beyond": (), **members}
    beyond = asked.pop("beyond")
    with pytest.raises(Refused) as refused:
        decide(mandate, TODAY, beyond, **asked)
    return tuple(each.code for each in refused.value.refusals)


def test_another_than_who_proposed_it_approves_it_or_declines_it() -> None:
    for approved, event in ((True, MandateApproved()), (False, MandateDeclined())):
        assert decide(WAITING, TODAY, (), approved=approved, proposed_it=False) == (event,)
    assert codes(WAITING, proposed_it=True) == ("TWO_OFFICERS",)
    assert codes(WAITING, approved=False, proposed_it=True) == ("TWO_OFFICERS",)


def test_none_is_approved_without_its_document_beyond_its_day_or_reach_or_twice() -> None:
    assert codes(BARE) == ("MANDATE_WITHOUT_DOCUMENT",)
    assert codes(replace(WAITING, last_day=YESTERDAY)) == ("MANDATE_EXPIRED",)
    assert codes(WAITING, beyond=(AN,)) == ("MANDATE_BEYOND",)
    assert codes(IN_FORCE) == ("MANDATE_DECIDED",)


def test_who_proposed_it_attaches_the_document_before_it_is_decided() -> None:
    assert attach(BARE, FILE, proposed_it=True) == (FILE,)
    for mandate, proposed_it, code in (
        (BARE, False, "NOT_ITS_PROPOSER"),
        (IN_FORCE, True, "MANDATE_DECIDED"),
    ):
        with pytest.raises(Refused) as refused:
            attach(mandate, FILE, proposed_it=proposed_it)
        assert [each.code for each in refused.value.refusals] == [code]


@pytest.mark.parametrize(
    ("mandate", "covers", "code"),
    [
        (None, True, "NO_SUCH_MANDATE"),
        (WAITING, True, "NO_SUCH_MANDATE"),
        (replace(WAITING, approved=False), True, "NO_SUCH_MANDATE"),
        (replace(IN_FORCE, last_day=YESTERDAY), True, "MANDATE_EXPIRED"),
        (IN_FORCE, False, "MANDATE_ELSEWHERE"),
    ],
)
def test_nobody_relies_on_what_is_not_in_force_or_about_something_else(
    mandate: Mandate | None,
    covers: bool,  # noqa: FBT001 -- a column of the table
    code: str,
) -> None:
    with pytest.raises(Refused) as refused:
        rely_on(mandate, TODAY, covers=covers)
    assert [each.code for each in refused.value.refusals] == [code]
    assert rely_on(IN_FORCE, TODAY, covers=True) is IN_FORCE
