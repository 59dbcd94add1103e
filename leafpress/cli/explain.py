"""`build.py explain`: what a rule means."""

from __future__ import annotations

import sys

import click

from leafpress import report
from leafpress.cli.selection import require
from leafpress.rules import rules


@click.command()
@click.argument("rule_id", metavar="RULE", required=False)
def explain(rule_id: str | None) -> None:
    """Say what a rule means, why it is there and how to mend it."""
    if rule_id is None:
        for rule in rules().values():
            print(f"{rule.id}  {rule.title}")
        return
    require("rule", rule_id.upper(), list(rules()))
    report.show_rule(rules()[rule_id.upper()], sys.stdout)
