"""Where a cluster is, as `--dask` says it, and whether Dask is installed to ask it."""

from __future__ import annotations

import re
from dataclasses import dataclass

from leafpress.findings import ExitCode, Problem, Span
from leafpress.rules import finding
from leafpress.system import extras

PACKAGES = ("distributed", "cryptography")
"""Of the extra `dask`."""

_LOCAL = re.compile(r"local:([1-9][0-9]?)")
_REMOTE = re.compile(r"(tls|tcp)://(\[[0-9A-Fa-f:.]+\]|[\w.-]+):([0-9]{1,5})")
_THIS_MACHINE = frozenset({"localhost", "127.0.0.1", "[::1]"})


@dataclass(frozen=True, slots=True)
class ClusterAddress:
    """Where a cluster is.

    Args:
        scheduler: the address of one that runs; empty for one that is started here.
        workers: how many processes are started for it here.
    """

    scheduler: str
    workers: int = 0

    @classmethod
    def read(cls, text: str) -> ClusterAddress:
        """What a person has written.

        Raises:
            Problem: it is no address, or one that anybody in the network may use (E111).
        """
        if local := _LOCAL.fullmatch(text):
            return cls("", int(local[1]))
        remote = _REMOTE.fullmatch(text)
        if remote and (remote[1] == "tls" or remote[2].lower() in _THIS_MACHINE):
            return cls(text)
        problem = "without TLS anybody in the network could run programs there"
        if not remote:
            problem = "it is no address of a scheduler"
        raise Problem(finding("E111", Span("--dask"), problem=problem), code=ExitCode.USAGE)


def require_packages() -> None:
    """See to it that Dask is installed.

    Raises:
        Problem: a package is missing (E110), with exit code 3.
    """
    extras.require(PACKAGES, "E110", "--dask")
