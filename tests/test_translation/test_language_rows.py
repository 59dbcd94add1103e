"""What is wrong with a row of `languages.toml` is said where it stands, all of it at once."""

from __future__ import annotations

from pathlib import Path

import pytest

from leafpress.findings import Problem
from leafpress.translation.language_rows import read_rows

NAMES = 'english = "Sample"\nnative = "Sample"\n'


@pytest.mark.parametrize(
    ("row", "expected"),
    [
        (NAMES, []),
        (NAMES + 'either = [" or ", ", "]\n', []),
        (NAMES + 'either = [" or "]\n', ["L013"]),
        (NAMES + "either = [1, 2]\n", ["L013"]),
        (NAMES + 'either = " or "\n', ["L013"]),
        (NAMES + 'braile = ["x"]\n', ["L010"]),
        (NAMES + 'quotes = ["„“"]\n', ["L013"]),
        (NAMES + 'direction = "left"\n', ["L015"]),
        ('english = "Sample"\nnote = 3\n', ["L013", "L011"]),
    ],
)
def test_rows(row: str, expected: list[str], tmp_path: Path) -> None:
    path = tmp_path / "languages.toml"
    path.write_text(f"# a comment\n[xx]\n{row}", encoding="utf-8")
    if not expected:
        assert read_rows(path, path.name)["xx"]["english"] == "Sample"
        return
    with pytest.raises(Problem) as refused:
        read_rows(path, path.name)
    assert [problem.rule for problem in refused.value.findings] == expected
    assert {problem.span.line for problem in refused.value.findings} == {2}
