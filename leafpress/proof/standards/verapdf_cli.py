"""veraPDF's own command line program, where a clinic has installed it: asked before the engine.

Its JSON report is read as versions 1.24 to 1.29 write it. Of anything else the verdict is "not
checked": a report that is not understood is no pass.
"""

from __future__ import annotations

import json
import shutil
import subprocess
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

from leafpress.findings import Verdict
from leafpress.proof.standards.verapdf import Broken, Judgement

PROGRAM = "verapdf"
SECONDS = 600
"""For all files of one flavour; a leaflet takes about two."""


def is_there() -> bool:
    """Whether the program is on PATH."""
    return shutil.which(PROGRAM) is not None


def judge(files: Iterable[Path], flavour: str) -> dict[Path, Judgement]:
    """What veraPDF says of each file as `flavour` (`ua1`, `2a`, …): one process for all."""
    paths = [file.resolve() for file in files]
    command = [PROGRAM, "--flavour", flavour, "--format", "json", *map(str, paths)]
    try:
        done = subprocess.run(
            command, capture_output=True, check=False, timeout=SECONDS
        )  # a list, no shell
        found = dict(_judgements(json.loads(done.stdout)))
    except (OSError, subprocess.TimeoutExpired, ValueError, KeyError, TypeError) as error:
        reason = f"{PROGRAM} gave no report that can be read ({type(error).__name__})"
        return dict.fromkeys(paths, Judgement(Verdict.NOT_CHECKED, reason=reason))
    unsaid = Judgement(Verdict.NOT_CHECKED, reason=f"{PROGRAM} says nothing of this file")
    return {path: found.get(path, unsaid) for path in paths}


def _judgements(document: dict[str, Any]) -> Iterator[tuple[Path, Judgement]]:
    for job in document["report"]["jobs"]:
        path = Path(job["itemDetails"]["name"])
        results = job.get("validationResult")
        # A list since 1.26, one for each profile asked for.
        for result in results if isinstance(results, list) else [results]:
            yield path, _judgement(result)


def _judgement(result: dict[str, Any] | None) -> Judgement:
    if not isinstance(result, dict) or not isinstance(result.get("compliant"), bool):
        return Judgement(Verdict.NOT_CHECKED, reason=f"{PROGRAM} could not judge this file")
    rules = result["details"].get("ruleSummaries", [])
    broken = tuple(_broken(rule) for rule in rules if rule.get("failedChecks"))
    return Judgement(Verdict.PASS if result["compliant"] else Verdict.FAIL, broken)


def _broken(rule: dict[str, Any]) -> Broken:
    name = f"{rule['clause']}-{rule['testNumber']}"
    return Broken(name, int(rule["failedChecks"]), rule["description"])
