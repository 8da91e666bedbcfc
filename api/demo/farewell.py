"""What is said when the story is over: how it went, and how to go on by oneself."""

from __future__ import annotations

from typing import TYPE_CHECKING

from api.demo.invented import PASSWORD
from api.demo.words import Words

if TYPE_CHECKING:
    from api.demo.stage import Stage


def sum_up(stage: Stage) -> None:
    """How the story went, and each step that did not go as told."""
    teller = stage.teller
    refused = sum(1 for step in teller.steps if step.refusals)
    recorded = sum(1 for step in teller.steps if step.refusals and step.reply.position)
    teller.note(Words("", ""))
    teller.note(
        Words(
            f"共 {len(teller.steps)} 步，其中拦截 {refused} 次（{recorded} 次拦截本身留痕），"
            f"记录写到位置 {stage.position}；与预期不符 {len(teller.deviating)} 步。",
            f"{len(teller.steps)} steps, {refused} of them refused (on record: {recorded}),"
            f" up to position {stage.position}; {len(teller.deviating)} not as told.",
        )
    )
    for step in teller.deviating:
        teller.note(Words(*[f"‼ {step.number} {step.did}: {'; '.join(step.deviations)}"] * 2))


def show_around(stage: Stage) -> None:
    """The addresses and the sign-ins, for whoever goes on by themselves."""
    teller = stage.teller
    address = f"http://{stage.address}"
    teller.note(
        Words(
            f"接口说明 {address}/openapi.json ；就绪状态 {address}/readyz 。",
            f"The interface: {address}/openapi.json; readiness: {address}/readyz.",
        )
    )
    everybody = [stage.administrator, stage.second, *stage.people.values()]
    teller.show(
        Words(f"登录账号（密码均为 {PASSWORD}）", f"Sign-ins (password: {PASSWORD})"),
        (Words("姓名", "name"), Words("身份", "as what"), Words("登录名", "login")),
        [
            (each.name, each.part.of(teller.language), each.login)
            for each in everybody
            if each.code is None
        ],
    )
