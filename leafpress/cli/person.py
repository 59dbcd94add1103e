"""Who signs: options of the commands that write records, and questions in a terminal."""

from __future__ import annotations

import sys
from collections.abc import Callable
from typing import Any

import click

from leafpress.findings import ExitCode, Problem, Span
from leafpress.installed import PROGRAM
from leafpress.rules import finding

_QUESTIONS = {
    "name": "Your name, as it may be printed",
    "role": "Your role, such as physiotherapist or sworn translator",
}

_OPTIONS = (
    click.option("--name", metavar="NAME", help="Who signs, as it may be printed."),
    click.option("--role", metavar="ROLE", help="As what: physiotherapist, translator, manager."),
    click.option(
        "--registered-with", metavar="BODY", help="Such as GMC, HCPC or CIOL. Clinicians need it."
    ),
    click.option("--registration", metavar="NUMBER", help="The number there."),
    click.option("--remarks", default="", metavar="TEXT", help="Kept with the entry."),
)


def person_options(command: Callable[..., Any]) -> Callable[..., Any]:
    """Give a command the options that say who signs."""
    for option in reversed(_OPTIONS):
        command = option(command)
    return command


def is_asked() -> bool:
    """Whether somebody sits at a terminal and can be asked."""
    return sys.stdin.isatty() and sys.stderr.isatty()


def _is_said(fact: str, words: str) -> bool:
    """Whether a fact is told; a name of a person has two letters."""
    letters = sum(map(str.isalpha, words))
    return bool(words) and (fact != "name" or letters >= 2)


def facts_of(given: dict[str, Any], needed: tuple[str, ...]) -> dict[str, str]:
    """What is said of a person, asked for in a terminal where an option is left out.

    Raises:
        Problem: something is not said, and nobody can be asked (S016, exit code 2).
    """
    facts = {name: str(value).strip() for name, value in given.items() if value}
    lacking = [name for name in needed if not _is_said(name, facts.get(name, ""))]
    if lacking and not is_asked():
        options = ", ".join(f"--{name.replace('_', '-')}" for name in lacking)
        what = " and ".join(name.replace("_", " ") for name in lacking)
        problem = finding("S016", Span(PROGRAM), what=f"the {what}", options=options)
        raise Problem(problem, code=ExitCode.USAGE)
    for name in lacking:
        question = _QUESTIONS.get(name, name.replace("_", " ").capitalize())
        facts[name] = click.prompt(question, err=True).strip()
    return facts
