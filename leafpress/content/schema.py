"""The model as a JSON Schema: for editors, and for saying which keys may stand where."""

from __future__ import annotations

import json
from functools import cache
from typing import Any

from pydantic import BaseModel

from leafpress.content.yaml_tree import Path

Schema = dict[str, Any]


@cache
def schema(model: type[BaseModel]) -> Schema:
    """The JSON Schema (2020-12) of a model."""
    return {"$schema": "https://json-schema.org/draft/2020-12/schema", **model.model_json_schema()}


def as_json(model: type[BaseModel]) -> str:
    """The text of `leaflets/leaflet.schema.json` and its neighbours, as editors read it."""
    return json.dumps(_for_editors(schema(model)), indent=2, ensure_ascii=False) + "\n"


def _for_editors(node: Any) -> Any:
    """`node` with "if this kind, then that shape" in place of "one of these shapes".

    An editor that is offered all kinds of blocks measures a misspelled key against each of them,
    and may name a key that another kind lacks (`discriminator` is OpenAPI's, and not understood).
    """
    if isinstance(node, list):
        return [_for_editors(each) for each in node]
    if not isinstance(node, dict):
        return node
    plain = {key: _for_editors(value) for key, value in node.items()}
    return _by_kind(plain) if "discriminator" in node else plain


def _by_kind(node: Schema) -> Schema:
    choice = node.pop("discriminator")
    del node["oneOf"]
    key, kinds = choice["propertyName"], choice["mapping"]
    cases = [
        {"if": {"properties": {key: {"const": kind}}}, "then": {"$ref": there}}
        for kind, there in kinds.items()
    ]
    known = {key: {"enum": list(kinds)}}
    return {**node, "type": "object", "required": [key], "properties": known, "allOf": cases}


def keys_at(model: type[BaseModel], data: object, path: Path) -> list[str]:
    """The keys that may stand in the mapping at `path` of `data`."""
    node, value = schema(model), data
    for step in path:
        node = _resolved(node, value, model)
        if isinstance(step, int):
            node = node.get("items", {})
        else:
            node = node.get("properties", {}).get(step, {})
        value = value[step]  # type: ignore[index]  # a path that was found in this data
    return list(_resolved(node, value, model).get("properties", {}))


def is_words(model: type[BaseModel], data: object, path: Path) -> bool:
    """Whether the value at `path` of `data` may be any words, and is no id, date or number."""
    node, value = schema(model), data
    for step in path:
        node = _resolved(node, value, model)
        known = node.get("properties", {}).get(step) or node.get("additionalProperties")
        node = (node.get("items") if isinstance(step, int) else known) or {}
        value = value[step]  # type: ignore[index]  # a path that was found in this data
        if not isinstance(node, dict):
            return True
    return any(_LIMITED.isdisjoint(choice) for choice in _strings(node, model)) or not node


_LIMITED = frozenset({"pattern", "enum", "const", "format"})
"""What a schema says of strings that are not words."""


def _strings(node: Schema, model: type[BaseModel]) -> list[Schema]:
    """The strings that may stand at a place, of all its choices."""
    if "$ref" in node:
        return _strings(schema(model)["$defs"][node["$ref"].rsplit("/", 1)[-1]], model)
    choices = [*node.get("anyOf", ()), *node.get("oneOf", ())]
    found = [string for choice in choices for string in _strings(choice, model)]
    return [*found, node] if node.get("type") == "string" else found


def _resolved(node: Schema, value: object, model: type[BaseModel]) -> Schema:
    """`node` without references and choices: the branch that `value` takes."""
    if "$ref" in node:
        name = node["$ref"].rsplit("/", 1)[-1]
        return _resolved(schema(model)["$defs"][name], value, model)
    if "discriminator" in node and isinstance(value, dict):
        reference = node["discriminator"]["mapping"].get(value.get("kind"))
        return _resolved({"$ref": reference}, value, model) if reference else {}
    wanted = "properties" if isinstance(value, dict) else "items"
    branches = [
        _resolved(each, value, model) for each in node.get("anyOf") or node.get("oneOf") or ()
    ]
    fitting = [branch for branch in branches if wanted in branch]
    keys = set(value) if isinstance(value, dict) else set()
    return max(
        fitting, key=lambda branch: len(keys & set(branch.get("properties", ()))), default=node
    )
