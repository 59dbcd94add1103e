"""From leaflets and templates to catalogues: Babel does the work, we tell it where texts stand.

`pyproject.toml` names `leaflet`, `contacts` and `pictograms` as Babel's extraction methods, so
that `pybabel extract -F pyproject.toml` gives the messages that `build.py extract` writes.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from io import BytesIO
from pathlib import Path
from typing import Any, BinaryIO

from babel.messages import Catalog
from babel.messages import Message as BabelMessage
from babel.messages.extract import extract
from jinja2 import TemplateSyntaxError
from pydantic import BaseModel

from leafpress.content.contacts import Contacts
from leafpress.content.load import load
from leafpress.content.model import Leaflet
from leafpress.content.pictograms import LIST, PLACE, Pictograms
from leafpress.content.project import Project
from leafpress.content.root import Root
from leafpress.content.text import Text
from leafpress.content.texts import texts
from leafpress.content.yaml_tree import Path as TreePath
from leafpress.content.yaml_tree import Tree
from leafpress.findings import Problem, Span
from leafpress.rules import finding
from leafpress.translation.known import key_of
from leafpress.translation.language import LANGUAGES, Language
from leafpress.translation.po_lines import LENGTH

TEMPLATES = "leafpress"
"""The domain of the templates' and the contacts' messages."""

Message = tuple[int, str, str | tuple[str | None, str], list[str]]
"""What Babel wants of an extraction method: line, function, message, comments. Where the function
is `pgettext` the message has its context before it."""

COMMENT_TAGS = ("Translators:",)
_LIMIT = re.compile(r"At most (\d+) characters")
"""How a comment in a template says how long a translation may be."""

_WITH_WORDS = frozenset({".html", ".txt"})

_JINJA = "jinja2"
_JINJA_OPTIONS = {"trimmed": "true", "silent": "false"}


def leaflet(
    file: BinaryIO, keywords: object, comment_tags: object, options: object
) -> Iterator[Message]:
    """Babel's extraction method for `leaflets/*.yaml`."""
    yield from _messages(file, Leaflet)


def pictograms(
    file: BinaryIO, keywords: object, comment_tags: object, options: object
) -> Iterator[Message]:
    """Babel's extraction method for `leaflets/pictograms/pictograms.yaml`."""
    yield from _messages(file, Pictograms)


def contacts(
    file: BinaryIO, keywords: object, comment_tags: object, options: object
) -> Iterator[Message]:
    """Babel's extraction method for `leaflets/contacts.yaml`."""
    yield from _messages(file, Contacts)


def _messages(file: BinaryIO, model: type[BaseModel]) -> Iterator[Message]:
    path = Path(file.name)
    loaded = load(path, path.as_posix(), model)
    if loaded.model is None or loaded.tree is None:
        raise Problem(*loaded.findings)
    for where, text in texts(loaded.model):
        line = loaded.tree.span(where).line
        comments = [_comment(text, where, loaded.tree)]
        if text.role.context is None:
            yield line, "", str(text), comments
        else:
            yield line, "pgettext", text.key, comments


def _comment(text: Text, where: TreePath, tree: Tree) -> str:
    """Where the text stands, and how long its translation may be."""
    place = ""
    depth = where.index("sections") + 2 if "sections" in where else len(where)
    if len(where) > depth + 1:
        title = " ".join(str(tree.value((*where[:depth], "title"))).split())
        place = f" in the section “{title}”"
    role = text.role.name[0].upper() + text.role.name[1:]
    return f"{role}{place}. At most {text.role.translation_limit} characters."


def templates(project: Project) -> dict[str, Catalog]:
    """Every catalogue template (POT) of the project, by its domain.

    Raises:
        Problem: a leaflet or the contacts have errors, so that messages would be missing.
    """
    made = {}
    for id_ in project.leaflet_ids():
        loaded = project.leaflet(id_)
        if loaded.model is None:
            raise Problem(*loaded.findings)
        made[id_] = _template(id_, loaded.model.version)
        _add(made[id_], project, project.leaflet_file(id_), f"{__name__}:leaflet")
        _limit(made[id_], loaded.model)
    shared = made[TEMPLATES] = _template(TEMPLATES, "")
    _add(shared, project, project.root.file("leaflets/contacts.yaml"), f"{__name__}:contacts")
    drawn = project.root.file(f"{PLACE}/{LIST}")
    if drawn.exists():
        _add(shared, project, drawn, f"{__name__}:pictograms")
    for path in _written(project):
        _add(shared, project, path, _JINJA, _JINJA_OPTIONS)
    _limit(shared, project.contacts.model, project.pictograms.model)
    return made


def _limit(catalog: Catalog, *models: BaseModel | None) -> None:
    """Flag each text with the longest translation that fits in all its places."""
    limits: dict[tuple[str | None, str], int] = {}
    for model in filter(None, models):
        for _, text in texts(model):
            limit = text.role.translation_limit
            limits[text.key] = min(limit, limits.get(text.key, limit))
    for message in catalog:
        context, english, _ = key_of(message)
        limit = limits.get((context, english)) or _limit_in(message.auto_comments)
        if message.id and limit:
            message.flags.add(f"{LENGTH}{limit}")


def _limit_in(comments: list[str]) -> int:
    """The least that a template's comments for translators say; 0 where none says any."""
    limits = [int(limit) for comment in comments for limit in _LIMIT.findall(comment)]
    return min(limits, default=0)


@dataclass(frozen=True, slots=True)
class TemplateMessage:
    """A message of the templates.

    Args:
        sources: its English: singular, and plural where it has one.
        files: the names of the files that print it.
    """

    context: str | None
    sources: tuple[str, ...]
    files: tuple[str, ...]


def template_messages(project: Project) -> tuple[TemplateMessage, ...]:
    """The templates' own messages, in order.

    Raises:
        Problem: a template is no template (H001).
    """
    catalog = _template(TEMPLATES, "")
    for path in _written(project):
        try:
            _add(catalog, project, path, _JINJA, _JINJA_OPTIONS)
        except TemplateSyntaxError as error:
            span = Span(project.root.shown(path), error.lineno)
            raise Problem(finding("H001", span, problem=error.message)) from error
    return tuple(_of_template(message) for message in catalog if message.id)


def _of_template(message: BabelMessage) -> TemplateMessage:
    sources = (message.id,) if isinstance(message.id, str) else tuple(message.id)
    return TemplateMessage(message.context, sources, tuple(name for name, _ in message.locations))


def _written(project: Project) -> list[Path]:
    """The templates that hold words."""
    return [path for path in project.root.files("templates") if path.suffix in _WITH_WORDS]


def _template(domain: str, version: str) -> Catalog:
    return Catalog(
        domain=domain,
        project=domain,
        version=version or "1",
        header_comment=f"# Messages of {domain}. Made by `build.py extract`: do not edit.",
        msgid_bugs_address="the leafpress project",
        charset="utf-8",
        fuzzy=False,
    )


def _add(
    catalog: Catalog,
    project: Project,
    path: Path,
    method: str,
    options: dict[str, str] | None = None,
) -> None:
    name, state = project.root.name(path), path.stat()
    named = tuple((options or {}).items())
    for line, message, comments, context in _found(
        path, method, named, (state.st_mtime_ns, state.st_size)
    ):
        catalog.add(message, None, [(name, line)], auto_comments=comments, context=context)


@lru_cache(maxsize=256)
def _found(
    path: Path, method: str, options: tuple[tuple[str, str], ...], _stamp: tuple[int, int]
) -> tuple[Any, ...]:
    """The messages of a file, which is taken apart again only when its time or size has changed."""
    if method == _JINJA:
        return _in_template(path.read_bytes(), options)
    with path.open("rb") as file:
        return _extracted(method, file, options)


@lru_cache(maxsize=256)
def _in_template(data: bytes, options: tuple[tuple[str, str], ...]) -> tuple[Any, ...]:
    """The messages of a template: a project's are mostly those that every project has."""
    return _extracted(_JINJA, BytesIO(data), options)


def _extracted(
    method: str, file: BinaryIO, options: tuple[tuple[str, str], ...]
) -> tuple[Any, ...]:
    found = extract(
        method, file, comment_tags=COMMENT_TAGS, options=dict(options), strip_comment_tags=True
    )
    return tuple(found)


def translated_languages(root: Root) -> list[Language]:
    """The languages that have catalogues, or a folder for them."""
    return [
        language
        for language in LANGUAGES.values()
        if language.is_translated and (language.built or root.holds(f"locales/{language.folder}"))
    ]
