"""What reading views keep, and what screen readers call by its name."""

from __future__ import annotations

from typing import Any

_NOT_TURNED = ("dl",)
"""Only `div` may group the terms of such a list (HTML, 4.4.9)."""


def keep_in_reading_views(root: Any) -> None:
    """Make each `div` of the article an unnamed `section`, which means as little to a listener.

    Reading views clear away a `div` that has few words and many of them in links: the head of an
    emergency box, a warning with a number to call (Readability 0.6, `_cleanConditionally`).
    """
    for article in root.iter("article"):
        for part in list(article.iter("div")):
            if part.getparent().tag not in _NOT_TURNED and part.get("role") is None:
                part.tag = "section"


def name_figures(root: Any) -> None:
    """Call each figure by the words of its caption, without the key that stands below them."""
    for place, figure in enumerate(root.iter("figure"), start=1):
        words = figure.find("figcaption/p")
        words.set("id", f"caption-{place}")
        figure.set("aria-labelledby", f"caption-{place}")
