"""Other words by which people look for leaflets: `also:`, in English and as translated."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping

from leafpress.content.model import Leaflet
from leafpress.content.project import Project
from leafpress.translation.catalogue import read_messages
from leafpress.translation.language import LANGUAGES, SOURCE, Language


def other_words(
    project: Project, shown: Mapping[str, Iterable[str]]
) -> Iterator[tuple[tuple[str, str], tuple[str, ...]]]:
    """By leaflet and language; a language has none where nobody has translated them.

    Args:
        shown: by leaflet the languages in which it is listed: no other catalogue is read.
    """
    known = set(project.leaflet_ids())
    for id_, languages in shown.items():
        leaflet = project.leaflet(id_).model if id_ in known else None
        if leaflet is None or not leaflet.also:
            continue
        yield (id_, SOURCE), tuple(map(str, leaflet.also))
        for tag in languages:
            language = LANGUAGES.get(tag)
            if language is not None and language.is_translated:
                yield (id_, tag), _translated(project, leaflet, language)


def _translated(project: Project, leaflet: Leaflet, language: Language) -> tuple[str, ...]:
    messages = read_messages(project.root, leaflet.id, language)
    words = (messages.get(word.key) for word in leaflet.also)
    return tuple(word for word in words if word)
