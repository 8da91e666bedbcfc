"""The small parts of the law: stages elsewhere, silence, stated years, lengths, questions."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import Any

import pytest

from domain.policy.authority import UNDETERMINED, Authority, undetermined
from domain.policy.chain import Stage, stages_for
from domain.policy.choice import Choice, choose
from domain.policy.faults import PackError
from domain.policy.periods import NOTHING, Length, Period, reached, total, without_overlaps
from domain.policy.regulated import NotRegulatedError, regulated
from domain.policy.verdict import Condition, Outcome, Status
from domain.policy.when import ALWAYS
from domain.refusal import Citation, Refusal
from domain.refusals.sentences_by_code import fields_of, question, refusal
from tests.policy.conftest import told
from tests.policy.sample import HEAD, LEVELS, ROUTES, cited, sample
from tests.policy.tables import CITED, ENTERPRISE, IT
from tests.policy.test_loading import POSTED, STAGE

D = date
OTHER = (Citation(rule="R-2", clause="二", quote="另一", source="sample-2025"),)
THEIRS, OTHERS = told(unit={"type": "enterprise"}), told(unit={"type": "institution"})

ELSEWHERE = f"""{STAGE}
[[stages.instead]]
body = "county_hr"
when = {{ "unit.type" = "enterprise" }}
rule = "S-TIME"
"""


def test_a_stage_is_at_its_own_body_or_where_the_notice_moves_it() -> None:
    law = sample(ELSEWHERE)
    (moved,), (own,) = law.chain(THEIRS), law.chain(OTHERS)
    assert (moved.body, own.body) == ("county_hr", "city_hr")
    assert moved.citations == (cited("S-BODY"), cited("S-TIME"))
    assert own.citations == (cited("S-BODY"),)
    assert law.chain(told()) == (own,)


def test_a_stage_that_may_not_apply_is_not_in_the_chain() -> None:
    (stage,) = sample(STAGE).chain(told())
    theirs = replace(stage, when=ENTERPRISE)
    assert stages_for([theirs], {}, THEIRS) == (theirs,)
    assert stages_for([theirs], {}, OTHERS) == ()
    assert stages_for([theirs], {}, told()) == ()
    assert isinstance(stage, Stage)


def test_who_stands_in_for_whom() -> None:
    standing = STAGE.replace("decides", 'stands_in = "county_hr"\ndecides')
    assert sample(standing).stands_in() == {"city_hr": "county_hr"}
    assert sample(STAGE).stands_in() == {}


def test_an_authority_that_no_rule_names_is_undetermined_and_rests_on_those_that_are() -> None:
    own: dict[str, Any] = {"action": None, "flag": None, "refuses": None}
    first = Authority(**IT, code="CITY_HR", when=ENTERPRISE, **own)
    second = replace(first, id="second", citations=OTHER + CITED, when=ALWAYS)
    assert undetermined([first, second]) == Authority(
        id="undetermined",
        code=UNDETERMINED,
        chinese="通知未明确",
        english="not laid down",
        when=ALWAYS,
        citations=CITED + OTHER,
        **own,
    )
    assert choose([first, second], THEIRS) == Choice((first,))
    assert choose([first, second], told()) == Choice((second,))
    assert choose([first], OTHERS) == Choice()
    at_the_door = replace(told(), assumes_stated=False)
    assert choose([first, second], at_the_door) == Choice((first, second), frozenset({"unit.type"}))


def test_what_no_layer_says_is_no_answer() -> None:
    assert regulated(False) is False  # noqa: FBT003 -- any answer is one
    with pytest.raises(NotRegulatedError) as silent:
        regulated(None)
    assert str(silent.value) == "neither the notice nor the national default regulates this"


def test_what_a_law_says_of_itself_is_its_header() -> None:
    law = sample()
    assert (law.version, law.issuer, law.issued_on) == (1, "某局", None)
    assert (law.province, law.jurisdiction, law.legal_basis) == ("某省", "某省/某市", ())
    assert [each.rule for each in law.cite("S-TIME", "S-GOOD")] == ["S-TIME", "S-GOOD"]
    with pytest.raises(KeyError):
        law.cite("S-NONE")
    assert law.behind("NO_SUCH") == ()
    written = sample('[refusals]\nS-GOOD = ["SELF_REVIEW"]\nS-TIME = ["SELF_REVIEW", "X"]\n')
    assert written.behind("SELF_REVIEW") == (cited("S-GOOD"), cited("S-TIME"))
    assert written.behind("X") == (cited("S-TIME"),)
    with pytest.raises(PackError, match="S-GOD: no rule 'S-GOD' is quoted"):
        sample('[refusals]\nS-GOD = ["SELF_REVIEW"]\n')


def test_a_title_is_called_by_the_route_s_word_else_the_notice_s_first() -> None:
    second = '\n[[labels]]\nid = "review"\nzh = "评审通过"\nen = "review"\nrule = "S-BODY"\n'
    law = sample(second)
    words = [law.outcome_label(route) for route in ("recognition", "review", "none", "", None)]
    assert words == ["认定", "评审通过", "认定", "认定", "认定"]
    other = sample(second).whole.labels["review"]
    only = replace(law, whole=replace(law.whole, labels={"review": other}))
    assert only.outcome_label(None) == "评审通过"
    silent = replace(law, whole=replace(law.whole, labels={}))
    assert silent.outcome_label("review") == "认定"
    assert law.label("review") == other
    assert law.label("none") is None


DOCUMENT = """
[[documents]]
id = "paper"
zh = "证书"
en = "certificate"
kind = "certificate"
medium = "paper"
issuer = "authority"
when = { "unit.type" = "enterprise" }
rule = "S-BODY"
"""


def test_a_document_is_issued_unless_it_is_known_not_to_be_meant() -> None:
    law = sample(DOCUMENT)
    for facts, issued in ((THEIRS, True), (told(), True), (OTHERS, False)):
        assert ("paper" in {each.id for each in law.documents(facts)}) is issued


def test_a_law_knows_its_publicities_and_the_days_of_its_stages() -> None:
    law = sample(POSTED)
    (publicity,) = law.publicities()
    assert (publicity.id, publicity.length_source) == ("result", "national-default")
    assert law.publicity("none") is None
    without = replace(law, whole=replace(law.whole, publicity_default=None))
    assert without.publicities() == ()
    assert law.ageing_days("bureau") == 15


REFERENCES = "".join(
    f'\n[[references]]\nid = "{name}"\nkind = "{kind}"\nzh = "中"\nen = "e"\n'
    f'public = {public}\nrule = "S-BODY"\n'
    for name, kind, public in (
        ("web", "channel", "true"),
        ("inner", "channel", "false"),
        ("promise", "declaration", "true"),
    )
)


def test_reference_data_are_told_by_kind_where_they_are_public() -> None:
    law = sample(REFERENCES)
    assert [each.id for each in law.references()] == ["web", "promise"]
    assert [each.id for each in law.references("channel")] == ["web"]
    assert law.references("duty") == ()


TABLE = '\n[[silent]]\nid = "years"\nabout = "years"\ndocument = "某办法"\nrule = "S-MASTER"\n'


def test_years_that_stand_elsewhere_are_not_guessed() -> None:
    law = sample(TABLE)
    (unknown,) = law.assess(told(education=[{"level": "bachelor"}])).root.children
    assert unknown == Condition(
        id="table_not_supplied",
        chinese="学历与年限表",
        english="The table of education and years",
        status=Status.UNKNOWN,
        citations=(cited("S-MASTER"),),
        refusal=refusal("TABLE_NOT_SUPPLIED", (cited("S-MASTER"),), document="某办法"),
    )
    (silent,) = law.assess(told()).root.children
    assert silent == replace(unknown, status=Status.NOT_AT_ISSUE, refusal=None)


@pytest.mark.parametrize(
    ("first_day", "relation", "outcome"),
    [
        (D(2020, 5, 20), "same", Outcome.ELIGIBLE),
        (D(2020, 5, 20), "close", Outcome.ELIGIBLE),
        (D(2020, 5, 20), "other", Outcome.INELIGIBLE),
        (D(2020, 5, 21), "same", Outcome.INELIGIBLE),
    ],
)
def test_years_that_a_document_states_take_the_place_of_the_table(
    first_day: date, relation: str, outcome: Outcome
) -> None:
    work = [{"from": first_day, "relation": relation}]
    verdict = sample(TABLE).assess(
        told(required_years=5, work=work, submitted_at="2025-05-20T10:00:00+08:00")
    )
    (way,) = verdict.root.children
    assert verdict.outcome is outcome
    assert (way.id, way.chinese) == ("stated_years", "按主管文件所定年限")
    assert way.english == "By the years that a competent document states"
    assert (way.citations, way.refusal) == ((cited("S-MASTER"),), None)
    assert [each.chinese for each in way.children] == ["满5年"]
    expected = () if outcome is Outcome.ELIGIBLE else ("YEARS_SHORT",)
    assert verdict.reasons == expected


def test_a_table_that_is_there_goes_before_one_that_is_not() -> None:
    law = sample(LEVELS, ROUTES, TABLE)
    ways = law.assess(told(applied="assistant")).root.children
    assert [each.id for each in ways] == ["handled", "college", "bachelor"]
    assert "table" not in HEAD


def test_a_length_is_of_months_with_its_days_and_compares_by_them() -> None:
    assert Length.of_months(25) == Length(2, 1, 0)
    assert Length.of_months(25, 3) == Length(2, 1, 3)
    assert Length(1, 2, 3).in_months == 14
    assert str(Length(1, 2, 3)) == "1y2m3d"
    assert Length(0, 11, 30) < Length(1) < Length(1, 0, 1)
    assert not NOTHING
    assert Length(0, 0, 1)


def test_an_empty_stretch_has_no_length_and_leaves_no_period() -> None:
    day = D(2024, 1, 1)
    assert Length.between(day, day) == Length.between(D(2024, 1, 2), day) == NOTHING
    assert without_overlaps([Period(day, day), Period(day, D(2023, 1, 1))]) == ()
    assert total(()) == NOTHING
    nothing_left = Period(day, D(2024, 6, 1)).clipped(start=D(2025, 1, 1))
    assert without_overlaps([nothing_left]) == ()


def test_what_needs_nothing_is_reached_at_once_and_of_nothing_never() -> None:
    periods = [Period(D(2024, 3, 1), D(2024, 6, 1)), Period(D(2024, 1, 1), D(2024, 2, 1))]
    assert reached(without_overlaps(periods), NOTHING, lasting=False) == D(2024, 1, 1)
    assert reached((), NOTHING, lasting=False) is None
    assert reached((), Length(1), lasting=True) is None


def test_only_the_last_period_goes_on() -> None:
    """Thirty left-over days make a month where periods are added (A-03)."""
    first, last = Period(D(2020, 1, 1), D(2020, 3, 1)), Period(D(2021, 1, 1), D(2021, 3, 1))
    assert reached((first, last), Length(1), lasting=False) is None
    assert reached((first, last), Length(1), lasting=True) == D(2021, 10, 31)
    assert reached((first, last), Length(0, 2), lasting=True) == D(2020, 3, 1)
    assert reached((first, last), Length(0, 3), lasting=False) == D(2021, 1, 31)
    assert reached((last,), Length(1), lasting=True) == D(2022, 1, 1)


def test_a_question_is_asked_under_the_code_of_what_it_is_about() -> None:
    asked = question("SPECIALTY_MISMATCH", CITED, ("专业", "specialty"))
    assert asked == Refusal(
        code="SPECIALTY_MISMATCH",
        chinese="此项须由人工判断并记录理由：专业。",
        english="This needs a recorded human judgement: specialty.",
        citations=CITED,
    )


def test_a_refusal_takes_its_words_from_either_place_and_needs_them_all() -> None:
    both = refusal("FEE_UNPAID", specifics={"due": "120", "paid": "0"}, paid="5", pointer="/fee")
    assert both == Refusal(
        code="FEE_UNPAID",
        chinese="应缴评审费120元，已缴5元；请缴清后再提交。",
        english="The fee of 120 yuan is due and 5 yuan were paid; pay it before going on.",
        pointer="/fee",
    )
    with pytest.raises(KeyError):
        refusal("FEE_UNPAID", due="120")
    with pytest.raises(KeyError):
        refusal("NO_SUCH")
    assert fields_of("FEE_UNPAID") == {"due", "paid"}
    assert fields_of("EXAM_SERIES") == frozenset()
