"""Every rule that a finding can name: one table, kept in `rules.toml`.

A rule's sentence and hint are templates: the facts of a case fill their `{fields}`. The text of
a message stands there and nowhere else, so that `build.py explain` and `docs/rules.md` say the
same as the terminal.
"""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from leafpress.findings import Finding, Severity, Span
from leafpress.installed import as_called

TABLE = Path(__file__).with_name("rules.toml")

FAMILIES = {
    "L": "Leaflets, contacts and the clinic's details",
    "T": "Translations",
    "H": "Templates and styles",
    "P": "PDF and layout",
    "E": "Leaflets behind letters",
    "B": "Building and the machine",
    "S": "Sign-offs: who checked which words",
}
"""A rule's first letter, and what it is about."""


@dataclass(frozen=True, slots=True)
class Rule:
    """One rule: `sentence` and `hint` are `str.format` templates."""

    id: str
    severity: Severity
    title: str
    sentence: str
    hint: str
    why: str

    @property
    def family(self) -> str:
        """What the rule is about, in words."""
        return FAMILIES[self.id[0]]


@cache
def rules() -> dict[str, Rule]:
    """All rules by id, in the order of the table."""
    table = tomllib.loads(as_called(TABLE.read_text(encoding="utf-8")))
    return {
        id_: Rule(id_, Severity(row.pop("severity", "error")), **row) for id_, row in table.items()
    }


def finding(rule_id: str, span: Span, **facts: object) -> Finding:
    """The finding that `rule_id` makes of these facts at this place.

    Raises:
        KeyError: no such rule, or a fact that its sentence needs is missing (our bug).
    """
    rule = rules()[rule_id]
    return Finding(
        rule_id, rule.severity, span, rule.sentence.format(**facts), rule.hint.format(**facts)
    )
