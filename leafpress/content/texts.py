"""Finding and replacing every text of a model, wherever it stands."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any, TypeVar

from pydantic import BaseModel

from leafpress.content.text import Text
from leafpress.content.yaml_tree import Path

Model = TypeVar("Model", bound=BaseModel)


def texts(value: object, path: Path = ()) -> Iterator[tuple[Path, Text]]:
    """Each text in a model, in reading order, with the way to it."""
    if isinstance(value, Text):
        yield path, value
    elif isinstance(value, BaseModel):
        for name in type(value).model_fields:
            yield from texts(getattr(value, name), (*path, name))
    elif isinstance(value, tuple):
        for index, item in enumerate(value):
            yield from texts(item, (*path, index))


def replace_texts(model: Model, replace: Callable[[Text], str]) -> Model:
    """A copy of `model` in which each text is what `replace` makes of it."""
    changed: Model = _replaced(model, replace)
    return changed


def _replaced(value: Any, replace: Callable[[Text], str]) -> Any:
    if isinstance(value, Text):
        return Text(replace(value), value.role)
    if isinstance(value, BaseModel):
        fields = type(value).model_fields
        update = {name: _replaced(getattr(value, name), replace) for name in fields}
        return value.model_copy(update=update)
    if isinstance(value, tuple):
        return tuple(_replaced(item, replace) for item in value)
    return value
