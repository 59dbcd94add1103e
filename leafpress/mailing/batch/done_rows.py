"""The rows of a run that are done, by an earlier run or by this one."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field

from leafpress.mailing.selection.task import RowResult, Task


@dataclass
class DoneRows:
    """What came of each row that is done.

    Args:
        tasks: of all rows, those that wait too, in the order of the list.
        results: by the number of the row.
    """

    tasks: tuple[Task, ...]
    results: dict[int, RowResult] = field(default_factory=dict)

    def __iter__(self) -> Iterator[tuple[Task, RowResult]]:
        """The rows that are done, in the order of the list."""
        for task in self.tasks:
            if task.row in self.results:
                yield task, self.results[task.row]

    def waiting(self) -> list[Task]:
        """The rows that are still to do."""
        return [task for task in self.tasks if task.row not in self.results]

    def outputs(self) -> set[str]:
        """The names of the files that they became."""
        return {file.name for result in self.results.values() for file in result.outputs}
