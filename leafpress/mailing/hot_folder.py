"""A folder that is served: a letter and its sidecar in, the finished file out.

    FOLDER/NAME.pdf and FOLDER/NAME.json    in: a letter, and what a list would say of it
    FOLDER/done/NAME/                       out: the finished file, receipts, letter and sidecar
    FOLDER/refused/NAME/                    a letter that was refused, its sidecar and reason.txt
    FOLDER/refused/not-taken.txt            the names of what will never be taken as it stands

Only a full disk stops it. While the folder or its drive is away, it waits; a pair that cannot be
read or filed costs itself, and no other. `incoming/` has the steps: look, take, serve, file.
"""

from __future__ import annotations

import errno
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path

from leafpress.findings import ExitCode, Finding, Problem, Span
from leafpress.mailing.incoming import archive, notice
from leafpress.mailing.incoming.archive import Filed
from leafpress.mailing.incoming.lock import kept_alone
from leafpress.mailing.incoming.look import PATIENCE, Pair, Watch
from leafpress.mailing.incoming.pair import (
    WORK,
    TakenPair,
    UnreadablePair,
    Waiting,
    left_behind,
    pair_in,
    parts_in,
    put_back,
    take,
)
from leafpress.mailing.incoming.serving import SetUpFault, serve_pair
from leafpress.mailing.options import MailingOptions
from leafpress.mailing.output import folder as output
from leafpress.mailing.selection.choose import require_fallbacks
from leafpress.rules import finding
from leafpress.system import files
from leafpress.system.interruption import (
    Interrupted,
    require_not_interrupted,
    stop_on_signal,
)

_TRIES = 3
"""How often a pair may be unreadable before it is refused: a scanner may only hold it a moment."""

_LONGEST_PAUSE = 150
"""Looks between two tries of one pair: five minutes, at two seconds a look."""

_STUCK = "a letter can be neither done nor filed"

_LETTER = Span("the letter")

_OWN = frozenset({archive.DONE, archive.REFUSED, WORK})


@dataclass
class HotFolder:
    """A folder that is served.

    Args:
        options: how letters are done; `options.appointments` is the folder.
        interval: seconds between looks.
        say: told a line for each letter, without its name.
        renewed: how letters are done by now: the day changes, and so may the clinic's file.
    """

    options: MailingOptions
    interval: float
    say: Callable[[str], None]
    renewed: Callable[[], MailingOptions] | None = None
    sleep: Callable[[float], None] = time.sleep
    waiting: dict[Path, Waiting] = field(default_factory=dict)
    told: set[str] = field(default_factory=set)
    device: int = 0
    is_away: bool = False
    is_held: bool = False
    looks: int = 0
    number: int = 0
    refused: int = 0

    @property
    def folder(self) -> Path:
        """The folder."""
        return self.options.appointments

    @cached_property
    def watch(self) -> Watch:
        """What is remembered from one look to the next."""
        return Watch(self.folder, _OWN)

    def serve(self, *, once: bool) -> int:
        """Serve until interrupted, or once what is there; how many letters were refused.

        Raises:
            Interrupted: after Ctrl-C or SIGTERM; the letter at hand is done again next time.
            Problem: the disk is full (B004), the folder is served already (E062), or an option
                makes no sense (E059). Once: the folder cannot be used either (E086).
        """
        require_fallbacks(self.options.fallbacks)
        self.watch.patience = 0 if once else PATIENCE
        try:
            with stop_on_signal():
                self._serve_sessions(once=once)
        except KeyboardInterrupt:
            raise Interrupted from None
        return self.refused

    def _serve_sessions(self, *, once: bool) -> None:
        """Serve for as long as the folder is there, and again when it is back."""
        while True:
            try:
                with kept_alone(self.folder, self._tell):
                    return self._session(once=once)
            except OSError as error:
                self.is_away = True
                self._wait(notice.away(error), once=once)
            except SetUpFault as fault:
                self.is_held = True
                self._wait(fault.problem, once=once)
            except Problem as problem:
                if not self.looks or problem.errno in files.FULL:
                    raise
                self._wait(problem, once=once)

    def _wait(self, problem: Problem, *, once: bool) -> None:
        if once or problem.errno in files.FULL:
            raise problem
        self._tell(problem.findings)
        self.sleep(self.interval)

    def _tell(self, findings: tuple[Finding, ...]) -> None:
        """Say what is in the way, once until it is over."""
        for own in findings:
            if str(own) not in self.told:
                self.told.add(str(own))
                self.say(str(own))

    def _session(self, *, once: bool) -> None:
        self.device = self._lock.lstat().st_dev
        if once:
            self.watch.look()
        else:
            self.watch.begin()
        rounds = 0
        while True:
            self.sleep(self.interval)
            self._look_and_serve()
            rounds += 1
            if once and not self.waiting:
                return
            if once and rounds > _TRIES:
                raise Problem(*notice.trouble(_STUCK), code=ExitCode.CANNOT_WRITE)

    def _look_and_serve(self) -> None:
        """One look at the folder, and everything that it asks for.

        Raises:
            OSError: the folder cannot be used.
            SetUpFault: no letter can be done.
        """
        require_not_interrupted()
        self._require_folder()
        pairs = self.watch.look()
        self._take_over()
        self.looks += 1
        if self.is_away:
            self.is_away = False
            self.told.clear()
            self.say("the folder can be used again")
        due = [own.taken for own in self.waiting.values() if own.due <= self.looks]
        for taken in due:
            self._process(taken)
        for pair in pairs:
            require_not_interrupted()
            fresh = self._take(pair)
            if fresh:
                self._process(fresh)
        notice.tell_strangers(self.watch, self.folder / archive.REFUSED, self.say)

    def _require_folder(self) -> None:
        """Check that this is still the folder that was locked, and not the bare place of a mount.

        Raises:
            OSError: it is not.
        """
        if self._lock.lstat().st_dev != self.device:
            raise OSError(errno.ESTALE, "another drive stands in its place")

    @property
    def _lock(self) -> Path:
        """The file by which the folder is known.

        In a container, files may have another device than their folder (Linux,
        filesystems/overlayfs, “Non-directories”).
        """
        return self.folder / WORK / output.LOCK

    def _take_over(self) -> None:
        """See to what lies below `.work/` and is not waiting: a service may have been killed."""
        places = list(left_behind(self.folder))
        self.waiting = {place: own for place, own in self.waiting.items() if place in places}
        for place in places:
            pair = pair_in(place, self.folder)
            if pair is None and put_back(place, self.folder):
                continue
            if place not in self.waiting:
                self.waiting[place] = Waiting(pair or parts_in(place, self.folder), 0, 0)

    def _take(self, pair: Pair) -> TakenPair | None:
        try:
            return take(self.folder, pair, self.watch.stamps(pair))
        except OSError as error:
            if error.errno in files.FULL:
                raise
            self._require_folder()
            self.watch.stuck |= set(pair)
            return None

    def _process(self, taken: TakenPair) -> None:
        """Do one pair, or put it off."""
        try:
            filed = self._serve(taken)
            self._require_folder()
            self._file(taken, filed)
        except OSError as error:
            if error.errno in files.FULL:
                taken.put_back()
                raise
            self._require_folder()
            self._put_off(taken, error)
        except BaseException:
            taken.put_back()
            raise

    def _serve(self, taken: TakenPair) -> Filed | None:
        """What is to be filed of a pair; None where it was done before.

        Raises:
            OSError: it has to be tried again.
        """
        if taken.is_half:
            return Filed(None, (finding("E087", _LETTER),))
        try:
            return serve_pair(taken, self.renewed or (lambda: self.options))
        except UnreadablePair as error:
            if self._tries(taken) + 1 < _TRIES:
                raise
            self._require_folder()
            unreadable = finding("E085", _LETTER, reason=notice.words(error))
            return Filed(None, (unreadable,))

    def _tries(self, taken: TakenPair) -> int:
        known = self.waiting.get(taken.place)
        return known.tries if known else 0

    def _put_off(self, taken: TakenPair, error: OSError) -> None:
        tries = self._tries(taken) + 1
        due = self.looks + min(2 ** (tries - 1), _LONGEST_PAUSE)
        self.waiting[taken.place] = Waiting(taken, tries, due)
        if not isinstance(error, UnreadablePair):  # which is refused soon, with its reason
            self._tell(notice.trouble(f"{_STUCK} ({notice.words(error)})"))

    def _file(self, taken: TakenPair, filed: Filed | None) -> None:
        """File what was read, and clear the way in; what has changed since is served again."""
        if filed:
            archive.file_pair(taken, filed)
        has_changed = (filed is None or filed.is_kept) and taken.has_changed
        if has_changed:
            taken.put_back()
        else:
            taken.discard()
        if self.waiting.pop(taken.place, None) or self.is_held:
            self.is_held = False
            self.told.clear()
        self._count(filed, has_changed=has_changed)

    def _count(self, filed: Filed | None, *, has_changed: bool) -> None:
        self.number += 1
        outcome = "done before"
        if filed:
            outcome = "refused, see refused/" if filed.reasons else "done"
            self.refused += bool(filed.reasons)
        if has_changed:
            outcome += "; it has changed since, and is served again"
        self.say(f"letter {self.number}: {outcome}")
