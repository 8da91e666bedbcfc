"""From documents to the law: the bytes that a digest is of, and what refers to nothing."""

from __future__ import annotations

import hashlib
import tomllib

import pytest

from api.law import packs
from domain.policy.faults import PackError
from domain.policy.heading import ill_headed
from domain.policy.loader import Document, canonical, digest_of, load_default, load_law
from domain.policy.spelling import oddities
from domain.policy.supplement import ill_fitting
from domain.policy.unsettled import unsettled
from domain.toml import table_in
from tests.policy.sample import BATCHES, DEFAULT, EXCEPTIONAL, HEAD, LEVELS, ROUTES, sample

STAGE = """
[[stages]]
id = "bureau"
zh = "市局"
en = "bureau"
body = "city_hr"
decides = true
rule = "S-BODY"
"""
PUBLICITY = """
[[publicity]]
id = "result"
zh = "公示"
en = "publicity"
stage = "bureau"
before = "issue"
place = "网站"
rule = "S-BODY"
"""
POSTED = STAGE.replace("decides", 'publicity = "result"\ndecides') + PUBLICITY
COMPLETION = """
[[completion]]
id = "year"
batches = ["B1", "B2"]
finish_by = 2025-12-20
flag = "LATE"
rule = "S-TIME"
"""
FORM = """
[[paper_forms]]
id = "form"
zh = "表"
en = "form"
publicity = "result"
days = 30
copies = 2
flag = "PAPER_LATE"
rule = "S-BODY"
"""
EQUIVALENT = """
[[educations]]
id = "advanced_worker"
zh = "高级工班"
en = "class of advanced workers"
counts_as = "college"
rule = "S-COLLEGE"
"""
ASKING = ROUTES.replace('kind = "recognition"', 'kind = "recognition"\ncase = "first"', 1)
EVERYTHING = (LEVELS, ASKING, EXCEPTIONAL, BATCHES, POSTED, COMPLETION, FORM, EQUIVALENT)


def test_a_document_is_digested_as_its_words_in_one_order_without_layout() -> None:
    text = '# a note\n[z]\nb = "二"\na = 2025-01-02\n[a]\nt = 17:30:00\nc = [1, true]\n'
    written = '{"a":{"c":[1,true],"t":"17:30:00"},"z":{"a":"2025-01-02","b":"二"}}\n'
    assert canonical(text) == written.encode()
    assert digest_of(canonical(text)) == hashlib.sha256(written.encode()).hexdigest()


def test_the_law_s_digest_is_of_all_its_layers_the_default_first() -> None:
    own = HEAD + ROUTES
    over = '[pack]\nid = "county"\nversion = 1\ntitle = "县"\nissuer = "县局"\nprovince = "某省"\n'
    over += 'jurisdiction = "某省/某市/某县"\nextends = "sample-2025"\n'
    law = load_law(DEFAULT, Document("own", own), [Document("over", over)])
    contents = [canonical(text) for text in (DEFAULT.text, own, over)]
    assert law.digest == digest_of(b"".join(contents))
    assert law.layers == (
        ("national-default", digest_of(contents[0])),
        ("sample-2025", digest_of(contents[1])),
        ("county", digest_of(contents[2])),
    )
    assert (law.id, law.title) == ("sample-2025", "样例通知")
    assert law.default.header.id == "national-default"


def test_the_default_alone_is_a_law() -> None:
    law = load_default(DEFAULT)
    digest = digest_of(canonical(DEFAULT.text))
    assert (law.id, law.digest) == ("national-default", digest)
    assert law.layers == (("national-default", digest),)
    assert law.whole is law.default
    assert packs.load_default() == law


def test_a_layer_gives_way_to_the_one_above_entry_by_entry() -> None:
    changed = sample('[[levels]]\nid = "yuan"\nzh = "员"\nen = "x"\nrank = 1\nrule = "S-LEVEL"\n')
    assert changed.whole.levels["yuan"].chinese == "员"
    assert list(changed.whole.levels)[:2] == ["yuan", "assistant"]
    assert set(changed.whole.levels) == set(changed.default.levels)
    assert changed.whole.years == changed.default.years


@pytest.mark.parametrize(
    ("old", "new", "error"),
    [
        (
            'batch = "B2"',
            'batch = "B9"',
            "windows[B2].batch: there is no 'B9'",
        ),
        (
            'binds = "applicant"',
            'binds = ["applicant", "arrival:nowhere"]',
            "windows[B1].binds: there is no 'nowhere'",
        ),
        (
            'publicity = "result"\ndecides',
            'publicity = "other"\ndecides',
            "stages[bureau].publicity: there is no 'other'",
        ),
        ('stage = "bureau"', 'stage = "x"', "publicity[result].stage: there is no 'x'"),
        ('"B1", "B2"]', '"B1", "B3"]', "completion[year].batches: there is no 'B3'"),
        (
            'publicity = "result"\ndays',
            'publicity = "x"\ndays',
            "paper_forms[form].publicity: there is no 'x'",
        ),
        (
            'counts_as = "college"',
            'counts_as = "x"',
            "educations[advanced_worker].counts_as: there is no 'x'",
        ),
        ('levels = ["junior"', 'levels = ["x"', "handled.levels: there is no 'x'"),
        ('level = "assistant"', 'level = "x"', "routes[college].level: there is no 'x'"),
        ('kind = "recognition"', 'kind = "x"', "routes[college].kind: there is no 'x'"),
        ('case = "first"', 'case = "x"', "routes[college].case: there is no 'x'"),
        ("terms = [", 'asks = "x"\nterms = [', "routes[college].asks: there is no 'x'"),
        (
            'education = { level = "college" }',
            'education = { level = "x" }',
            "routes[college].education.level: there is no 'x'",
        ),
    ],
)
def test_what_refers_to_nothing_is_refused_by_document_and_key(
    old: str, new: str, error: str
) -> None:
    whole = HEAD + "".join(EVERYTHING)
    assert old in whole
    load_law(DEFAULT, Document("sample.toml", whole))
    with pytest.raises(PackError) as refused:
        load_law(DEFAULT, Document("sample.toml", whole.replace(old, new, 1)))
    assert str(refused.value) == f"sample.toml.{error}"


def test_the_default_alone_is_checked_as_well() -> None:
    entry = EQUIVALENT.replace("S-COLLEGE", "ND-YEARS")
    broken = DEFAULT.text.replace("[[levels]]", f"{entry}\n[[levels]]", 1)
    broken = broken.replace('counts_as = "college"', 'counts_as = "x"')
    with pytest.raises(PackError) as refused:
        load_default(Document("default.toml", broken))
    key = "educations[advanced_worker].counts_as"
    assert str(refused.value) == f"default.toml.{key}: there is no 'x'"


@pytest.mark.parametrize(
    ("documents", "error"),
    [
        (
            [HEAD, HEAD],
            "0.toml.pack.id: the lowest layer is national-default",
        ),
        (["", HEAD], "0.toml.pack.id: the lowest layer is national-default"),
        (
            [DEFAULT.text, HEAD, HEAD],
            "2.toml.pack.extends: an overlay names the pack that it extends: sample-2025",
        ),
        ([DEFAULT.text, ""], "1.toml.pack: missing"),
        (
            [DEFAULT.text, HEAD, ""],
            "2.toml.pack.extends: an overlay names the pack that it extends: sample-2025",
        ),
        (
            [DEFAULT.text, f"{HEAD}\n[rules.S-X]\nclause = 1\nquote = '原'\n"],
            "1.toml.rules.S-X.clause: must be a text in quotation marks; is 1",
        ),
        ([DEFAULT.text, f"{HEAD}\n[fines]\n"], "1.toml.fines: unknown key"),
    ],
)
def test_layers_lie_in_their_order(documents: list[str], error: str) -> None:
    default, pack, *overlays = (Document(f"{n}.toml", text) for n, text in enumerate(documents))
    with pytest.raises(PackError) as refused:
        load_law(default, pack, overlays)
    assert str(refused.value) == error


def test_what_is_no_toml_is_refused_by_name() -> None:
    with pytest.raises(PackError, match=r"^broken\.toml: is no TOML: ") as refused:
        load_law(DEFAULT, Document("broken.toml", "[pack"))
    assert refused.value.told("zh").startswith("broken.toml 第 1 行第 6 列：不符合 TOML")
    assert refused.value.told("en").startswith("broken.toml, line 1, column 6: is no TOML")


@pytest.mark.parametrize("name", packs.pack_names())
def test_what_a_text_holds_is_read_once_and_changed_by_nobody(name: str) -> None:
    law = packs.load(name)
    for look in (oddities, ill_headed, unsettled, ill_fitting):
        assert [*look(law)] == [*look(law)]
    for _, text in law.texts:
        assert table_in(text) is table_in(text)
        assert table_in(text) == tomllib.loads(text)
