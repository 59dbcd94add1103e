"""One service a folder: its lock, where its drive knows locks."""

from __future__ import annotations

import errno
import os
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from leafpress.findings import Finding
from leafpress.mailing.incoming import notice
from leafpress.mailing.incoming.pair import WORK, private
from leafpress.mailing.incoming.serving import sweep
from leafpress.mailing.output import folder as output

_NO_LOCKS = frozenset({errno.ENOLCK, errno.ENOSYS, errno.ENOTSUP, errno.EOPNOTSUPP, errno.EINVAL})
"""What drives say that know no locks."""


@contextmanager
def kept_alone(home: Path, tell: Callable[[tuple[Finding, ...]], None]) -> Iterator[None]:
    """The folder, kept from a second service; `tell` hears of a drive that knows no locks.

    Raises:
        OSError: the folder cannot be used.
        Problem: it is served already (E062).
    """
    private(home / WORK)
    handles = []
    try:
        handles.append(output.take_lock(home / WORK))
        sweep(home)
    except OSError as error:
        if error.errno not in _NO_LOCKS:
            raise
        tell(notice.trouble("its drive knows no locks: see that one service has it"))
    try:
        yield
    finally:
        for handle in handles:
            with suppress(OSError):  # closing a file of a drive that is away may fail too
                os.close(handle)
