"""Names are compared levelled: how they are typed makes no other name, other characters do (C4)."""

from __future__ import annotations

import pytest

from domain.person.naming import alike, levelled


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("阿卜杜拉·买买提", "阿卜杜拉\u2022买买提"),
        ("阿卜杜拉·买买提", "阿卜杜拉\u30fb买买提"),
        ("阿卜杜拉·买买提", "阿卜杜拉\uff0e买买提"),
        ("张三", " 张\u3000三 "),
        ("张三", "张\u200b三\u2060"),
        ("张三", "张\u3164三\u2800"),
        ("李明", "\uf9e1明"),
        ("葛\U000e0100", "葛"),
        ("José", "JOSE\u0301"),
        ("ＡＢＣ", "abc"),
    ],
)
def test_these_are_one_name(one: str, other: str) -> None:
    assert alike(one, other)
    assert levelled(one) == levelled(levelled(one))


@pytest.mark.parametrize(
    ("one", "other"), [("张三", "张叁"), ("李四", "李泗"), ("王五", "王五六"), ("吴", "呉")]
)
def test_these_are_two(one: str, other: str) -> None:
    assert not alike(one, other)
