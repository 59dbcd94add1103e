"""From a file to a model: every problem of the file at once, each with its place."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Generic, TypeVar

from pydantic import BaseModel, ValidationError
from pydantic_core import ErrorDetails

from leafpress.content import text, unquoted, yaml_tree
from leafpress.content.base import ADDRESS, DATE, EMAIL, ID, PERSON, TELEPHONE, VERSION
from leafpress.content.schema import keys_at
from leafpress.content.source import read
from leafpress.content.yaml_tree import Tree
from leafpress.findings import Finding, Problem, Span, did_you_mean, errors, sort
from leafpress.rules import finding

Model = TypeVar("Model", bound=BaseModel)
Check = Callable[[Tree], Iterable[Finding]]

WANTED = {
    "string_type": "text",
    "string_sub_type": "text",
    "int_parsing": "a whole number",
    "int_type": "a whole number",
    "bool_parsing": "true or false",
    "bool_type": "true or false",
    "tuple_type": "a list",
    "list_type": "a list",
    "model_type": "keys and values",
    "model_attributes_type": "keys and values",
    "dict_type": "keys and values",
    "date_from_datetime_parsing": "a date such as 2026-11-22",
    "date_parsing": "a date such as 2026-11-22",
    "date_type": "a date such as 2026-11-22",
}
"""pydantic's error types for a value of the wrong type, and what we tell an author to write."""

BOUNDS = {
    "greater_than_equal": ("at least", "ge"),
    "less_than_equal": ("at most", "le"),
    "too_short": ("at least", "min_length"),
    "too_long": ("at most", "max_length"),
    "string_too_short": ("at least", "min_length"),
    "string_too_long": ("at most", "max_length"),
}
"""pydantic's error types for numbers and lengths out of bounds, with the name of the bound."""


UNITS = {
    "too_short": " entries",
    "too_long": " entries",
    "string_too_short": " characters",
    "string_too_long": " characters",
}
"""What is counted in each of them; numbers are shown as they are."""

FORMS = {
    ID: "like `knee-pain`: lower-case letters and digits, words joined by hyphens",
    ADDRESS: "like https://www.nhs.uk/conditions/back-pain/: https:// first, and no blank",
    EMAIL: "like hello@clinic.example",
    TELEPHONE: "like `020 7946 0000`: digits in groups, and nothing else (an extension goes into "
    "words)",
    VERSION: "like `1.0`: numbers parted by full stops",
    PERSON: "a name, of two letters at least",
    DATE: "like 2026, 2026-01 or 2026-01-19",
}
"""What to write for each pattern that a value has to match."""


@dataclass(frozen=True, slots=True)
class Loaded(Generic[Model]):
    """A file that was read: its model (None when it has errors), findings, and its tree."""

    name: str
    model: Model | None
    findings: tuple[Finding, ...]
    tree: Tree | None = None
    digest: str = ""


def load(
    path: Path,
    name: str,
    model: type[Model],
    checks: Iterable[Check] = (),
    context: Callable[[Tree], dict[str, object]] = lambda _tree: {},
) -> Loaded[Model]:
    """Read `path` as `model`, and run `checks` on what it says.

    Args:
        name: how findings call the file.
        checks: each looks at the file's tree, so that one problem does not hide another.
        context: what texts are checked against (`Role.problems`).
    """
    try:
        tree, findings = yaml_tree.parse(read(path, name))
    except Problem as problem:
        return Loaded(name, None, sort(problem.findings))
    value, shape = _validate(tree, model, context(tree))
    checked = [found for check in checks for found in check(tree)]
    checked += unquoted.check(tree, model)
    # A stray character is reported once, as one of the file: the text that holds it is the same.
    strays = {found.span for found in findings if found.rule == "L006"}
    shape = [found for found in shape if found.rule != "L006" or found.span not in strays]
    every = sort([*findings, *shape, *checked])
    return Loaded(name, None if errors(every) else value, every, tree, tree.source.digest)


def _validate(
    tree: Tree, model: type[Model], context: dict[str, object]
) -> tuple[Model | None, list[Finding]]:
    try:
        return model.model_validate(tree.data, context=context), []
    except ValidationError as error:
        details = error.errors(include_url=False)
        return None, [found for detail in details for found in _findings(tree, detail, model)]


def _findings(tree: Tree, detail: ErrorDetails, model: type[BaseModel]) -> Iterator[Finding]:
    """What one of pydantic's errors means to an author."""
    kind, facts = detail["type"], detail.get("ctx", {})
    path = _path(tree, detail["loc"])
    if kind == "text":
        yield from _text_findings(tree, path, facts["problems"])
    elif kind == "extra_forbidden":
        yield _unknown_key(tree, path, keys_at(model, tree.data, path[:-1]))
    elif kind == "missing":
        yield finding("L011", tree.span(path), key=detail["loc"][-1])
    elif kind == "union_tag_invalid":
        yield _unknown_kind(tree, (*path, "kind"), facts)
    elif kind == "union_tag_not_found":
        yield finding("L011", tree.span(path), key="kind")
    else:
        yield from _value_findings(tree, path, detail)


def _value_findings(tree: Tree, path: yaml_tree.Path, detail: ErrorDetails) -> Iterator[Finding]:
    kind, facts, value = detail["type"], detail.get("ctx", {}), tree.value(path)
    span = tree.span(path)
    if (kind in WANTED or kind == "string_too_short") and value == "":
        yield finding("L020", tree.key_span(path), role=str(path[-1]) if path else "file")
    elif kind in WANTED:
        yield finding("L013", span, wanted=WANTED[kind], got=_shown(value))
    elif kind in BOUNDS:
        words, bound = BOUNDS[kind]
        if not (isinstance(value, list) and len(value) >= facts[bound] > 0 and words == "at least"):
            # pydantic also calls a list too short when its items are wrong: those say so.
            unit = UNITS.get(kind, "")
            got = _size(value) if unit else _shown(value)
            yield finding("L019", span, words=words, bound=facts[bound], unit=unit, got=got)
    elif kind in ("literal_error", "enum"):
        yield _not_one_of(span, str(value), str(facts["expected"]))
    elif kind == "string_pattern_mismatch":
        wanted = FORMS.get(facts["pattern"], facts["pattern"])
        yield finding("L016", span, value=_shown(value), wanted=wanted)
    else:
        yield finding("L013", span, wanted=detail["msg"].lower(), got=_shown(value))


def _text_findings(
    tree: Tree, path: yaml_tree.Path, problems: Iterable[text.TextFault]
) -> Iterator[Finding]:
    for problem in problems:
        span = tree.span_of_piece(path, problem.piece)
        if problem.rule == "L020":
            # An empty value has no place of its own: its key has.
            span = tree.key_span(path)
        yield finding(problem.rule, span, **problem.facts)


def _path(tree: Tree, loc: tuple[int | str, ...]) -> yaml_tree.Path:
    """Pydantic's `loc` without the names of union members, which are no keys of the file."""
    path: yaml_tree.Path = ()
    for step in loc:
        here = tree.value(path)
        if (isinstance(here, list) and isinstance(step, int)) or (
            isinstance(here, dict) and step in here
        ):
            path = (*path, step)
    return path


def _unknown_key(tree: Tree, path: yaml_tree.Path, known: list[str]) -> Finding:
    key = str(path[-1])
    advice = did_you_mean(key, known, "known here")
    return finding("L010", tree.key_span(path), key=key, advice=advice)


def _unknown_kind(tree: Tree, path: yaml_tree.Path, facts: Mapping[str, Any]) -> Finding:
    known = [kind.strip(" '") for kind in str(facts["expected_tags"]).split(",")]
    advice = did_you_mean(str(facts["tag"]), known, "known kinds")
    return finding("L014", tree.span(path), kind=facts["tag"], advice=advice)


def _not_one_of(span: Span, value: str, expected: str) -> Finding:
    known = [word.strip(" '") for word in expected.replace(" or ", ", ").split(",")]
    return finding("L015", span, value=value, advice=did_you_mean(value, known))


def _shown(value: object) -> str:
    if isinstance(value, dict):
        return "keys and values"
    if isinstance(value, list):
        return "a list"
    short = str(value)
    return f"`{short[:40]}…`" if len(short) > 40 else f"`{short}`"


def _size(value: object) -> int:
    return len(value) if isinstance(value, (list, str)) else 0
