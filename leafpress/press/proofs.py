"""What is known of one finished file, as a value."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from typing import Any

from leafpress.findings import Verdict
from leafpress.press.edition import Entry
from leafpress.proof.judge import Answer


@dataclass(frozen=True, slots=True)
class Proof:
    """Everything that is known of one finished file."""

    name: str
    entry: Entry
    answers: tuple[Answer, ...]

    @property
    def verdict(self) -> Verdict:
        """Fail if anything fails; pass only if everything was checked."""
        found = {answer.verdict for answer in self.answers}
        if Verdict.FAIL in found:
            return Verdict.FAIL
        return Verdict.NOT_CHECKED if Verdict.NOT_CHECKED in found else Verdict.PASS

    def as_json(self) -> dict[str, Any]:
        """A document of plain values."""
        answers = [asdict(answer) for answer in self.answers]
        return {"edition": self.name, "verdict": self.verdict, **_facts(self.entry)} | {
            "answers": answers
        }


def _facts(entry: Entry) -> dict[str, Any]:
    names = ("title", "language", "profile", "version", "digest", "size", "pages")
    return {name: getattr(entry, name) for name in names}
