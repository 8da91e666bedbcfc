"""What is entered about people stands in no repr: a repr ends up in logs."""

from __future__ import annotations

from dataclasses import fields

import pytest

from api.acts import (
    accession_handed_in,
    account_opening,
    consultation,
    handed_in,
    intake,
    person_renaming,
)
from api.intake import grid, sheet
from api.signin import issuer

TOLD = (
    (accession_handed_in.Administrator, ()),
    (accession_handed_in.Stated, ("name",)),
    (account_opening.EnteredDocument, ("kind",)),
    (account_opening.Opening, ("organisation", "roles")),
    (consultation.Ground, ("mandate", "case")),
    (grid.Grid, ("count",)),
    (handed_in.File, ("file",)),
    (handed_in.HandedIn, ()),
    (intake.ListFile, ("organisation", "format")),
    (issuer.Vouched, ("kind",)),
    (person_renaming.Proof, ("kind",)),
    (sheet.Line, ("row",)),
)


@pytest.mark.parametrize(("kind", "told"), TOLD, ids=lambda each: getattr(each, "__name__", ""))
def test_a_repr_tells_only_what_is_not_personal(kind: type, told: tuple[str, ...]) -> None:
    entered: object = object.__new__(kind)
    for each in fields(kind):
        object.__setattr__(entered, each.name, "told" if each.name in told else "某人的秘密")
    said = [f"{name}='told'" for name in told]
    assert repr(entered) == f"{kind.__name__}({', '.join((*said, '…'))})"
