"""``mingjian policy``: what an official does with policy packs at a terminal.

Here belongs the reading of files, the printing of answers, and calls of a running server; never a
rule.
Exit status: 0 all is well, 1 something is not as it should be, 2 misused.
"""

from __future__ import annotations

import click

from api.command.policy.beginning import new
from api.command.policy.checking import check
from api.command.policy.covering import cover
from api.command.policy.describing import schema
from api.command.policy.differing import diff
from api.command.policy.explaining import explain
from api.command.policy.files import say_encoding
from api.command.policy.impacting import impact
from api.command.policy.printing import print_pack
from api.command.policy.proving import prove
from api.command.policy.putting_in_force import attach, confirm, propose
from api.command.policy.testing import test
from api.command.policy.turning import correct, editions, resume, suspend, withdraw
from api.law.texts import reading_gbk

__all__ = ["policy"]


@click.group()
@click.pass_context
def policy(context: click.Context) -> None:
    """检查、测试、解释、打印和施行政策包 / check, test, explain, print packs; put in force."""
    context.with_resource(reading_gbk(say_encoding))


for each in (
    check,
    test,
    explain,
    new,
    impact,
    print_pack,
    cover,
    diff,
    schema,
    prove,
    propose,
    attach,
    confirm,
    suspend,
    resume,
    withdraw,
    correct,
    editions,
):
    policy.add_command(each)
