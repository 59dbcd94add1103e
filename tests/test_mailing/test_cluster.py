"""Rows on several machines: the same files as on one, whatever becomes of the machines."""

from __future__ import annotations

import json
import logging
import os
import pickle
import re
import resource
import shlex
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import dask
import pytest
from conftest import ROOT, TODAY
from dask_faults import Faults
from distributed import Client, LocalCluster, Security
from distributed.comm import tcp
from faults import night
from office import Office

from leafpress.cli.main import main
from leafpress.findings import ExitCode, Problem
from leafpress.mailing.batch.program import program
from leafpress.mailing.batch.worker import DoRows, RowJob, WorkerSettings
from leafpress.mailing.cluster import address, connection, parcel_worker, parcels, sending
from leafpress.mailing.cluster.address import ClusterAddress
from leafpress.mailing.cluster.parcels import (
    ParcelAnswer,
    ParcelFolder,
    ParcelOrder,
    ParcelOutcome,
    ParcelSettings,
)
from leafpress.mailing.output.folder import STATE
from leafpress.mailing.run import enclose

CERTIFICATES = ("ca-file", "client.cert", "client.key")


@pytest.fixture(scope="module")
def running() -> Iterator[Client]:
    """Two workers behind TLS; the certificates are where Dask looks for them."""
    security = Security.temporary()
    facts = {"ca-file": security.tls_ca_file}
    facts |= {"client.cert": security.tls_client_cert, "client.key": security.tls_client_key}
    settings = {f"distributed.comm.tls.{name}": facts[name] for name in CERTIFICATES}
    settings |= {"distributed.comm.compression": None, **connection.LOCALLY}
    with (
        dask.config.set(settings),
        LocalCluster(
            n_workers=2,
            threads_per_worker=1,
            security=security,
            dashboard_address="127.0.0.1:0",
            silence_logs=logging.CRITICAL,
        ) as local,
        Client(local) as client,
    ):
        client.register_plugin(Faults())
        yield client


@pytest.fixture
def cluster(running: Client) -> ClusterAddress:
    """Its address; a worker that an earlier test has ended is there again."""
    running.wait_for_workers(2, timeout=300)
    return ClusterAddress.read(running.scheduler.address)


@pytest.fixture
def office(tmp_path: Path) -> Office:
    return Office(tmp_path)


def _tree(folder: Path) -> dict[str, bytes]:
    files = (path for path in folder.rglob("*") if path.is_file())
    return {
        path.relative_to(folder).as_posix(): path.read_bytes()
        for path in files
        if STATE not in path.parts
    }


def _pairs(office: Office, *kinds: str) -> list[dict[str, str]]:
    return [office.pair(f"{kind}{number + 12345}") for number, kind in enumerate(kinds)]


def _done_by(office: Office, number: int) -> int:
    path = office.root / f"done-by-{number}"
    return len(path.read_text()) if path.exists() else 0


def _times(office: Office) -> str:
    """The first letters of rows, as often as they were begun."""
    return "".join(path.read_text() for path in sorted(office.root.glob("done-by-*")))


class _Wire:
    """Everything that passes between this process, which holds the scheduler, and the others."""

    def __init__(self, monkeypatch: pytest.MonkeyPatch) -> None:
        self.seen = b""
        for name in ("to_frames", "from_frames"):
            monkeypatch.setattr(tcp, name, self._listening(getattr(tcp, name), name))

    def _listening(self, function: Any, name: str) -> Any:
        async def listening(*given: Any, **options: Any) -> Any:
            passed = await function(*given, **options)
            frames = passed if name == "to_frames" else given[0]
            self.seen += b"".join(map(bytes, frames))
            return passed

        return listening


def test_the_same_as_on_one_machine(
    office: Office, cluster: ClusterAddress, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Every kind of row there is: the same bytes and receipts; and nobody's data travels."""
    monkeypatch.setattr(parcels, "FEWEST", 5)
    cases = night(office, 45, seed=3)
    rows = [case.row for case in cases]
    alone = office.run(*rows)
    there, out = _Wire(monkeypatch), office.root / "out-there"
    done = office.run(*rows, out=out, cluster=cluster)
    assert done.counts == alone.counts
    assert done.receipts == alone.receipts
    assert done.findings == alone.findings
    assert _tree(out) == _tree(office.out)
    assert _done_by(office, 0)
    assert _done_by(office, 1)
    assert not (out / STATE / "parcels").exists()
    assert b"parcel_worker" in there.seen
    assert str(out).encode() in there.seen
    for row in rows:
        assert row["reference"].encode() not in there.seen
        assert row["letter"].encode() not in there.seen
    assert b"PDF" not in there.seen
    again = office.run(*rows, out=out)
    assert (again.worked, again.removed) == (0, 0)


def test_a_worker_that_is_killed(office: Office, cluster: ClusterAddress) -> None:
    rows = _pairs(office, *"AAALAAAA")
    done = office.run(*rows, cluster=cluster)
    assert (office.root / "killed").exists()
    assert done.counts.done == len(rows)
    assert done.findings == ()
    assert not (office.out / STATE / "parcels").exists()


def test_a_letter_that_kills_three_workers(office: Office, cluster: ClusterAddress) -> None:
    """It is refused, and costs no other row: those are done once, before it is tried again."""
    done = office.run(*_pairs(office, *"AADAA"), cluster=cluster)
    assert [own.rules for own in done.receipts] == [(), (), ("E068",), (), ()]
    assert "3 workers of the cluster ended" in done.receipts[2].reason
    assert sorted(_times(office)) == [*"AAAADDD"]
    again = office.run(*_pairs(office, *"AADAA"))
    assert (again.worked, again.counts.done) == (1, 5)


def test_a_letter_that_takes_too_long(office: Office, cluster: ClusterAddress) -> None:
    done = office.run(*_pairs(office, *"AHA"), cluster=cluster, seconds=1)
    assert [own.rules for own in done.receipts] == [(), ("E067",), ()]
    assert sorted(_times(office)) == ["A", "A", "H"]


def test_a_disk_that_is_full_on_one(
    office: Office, cluster: ClusterAddress, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(parcels, "FEWEST", 2)
    rows = _pairs(office, *"FFFFFFFFFFFF")
    done = office.run(*rows, cluster=cluster)
    assert done.counts.done == len(rows)
    assert [own.rule for own in done.findings] == ["E113"]
    assert "it cannot write: no space left on device" in done.findings[0].sentence


def test_disks_that_are_full_everywhere(office: Office, cluster: ClusterAddress) -> None:
    with pytest.raises(Problem) as caught:
        office.run(*_pairs(office, *"AAG"), cluster=cluster)
    assert caught.value.code == ExitCode.CANNOT_WRITE
    assert caught.value.findings[0].rule == "B004"
    assert "receipts.csv" not in _tree(office.out)
    done = office.run(*_pairs(office, *"AAG"))
    assert (done.worked, done.counts.done) == (1, 3)


def test_a_slow_worker(
    office: Office, cluster: ClusterAddress, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Who is slow gets less to do."""
    monkeypatch.setattr(parcels, "FEWEST", 2)
    rows = _pairs(office, *"S" * 40)
    done = office.run(*rows, cluster=cluster)
    assert done.counts.done == len(rows)
    assert 0 < _done_by(office, 0) < _done_by(office, 1)


@pytest.fixture
def apart(tmp_path: Path) -> Iterator[tuple[str, subprocess.Popen[bytes], subprocess.Popen[bytes]]]:
    """A scheduler and a worker as somebody starts them, and its address."""
    file = tmp_path / "scheduler.json"
    environment = os.environ | {"PYTHONPATH": str(ROOT)}
    usual: dict[str, Any] = {"env": environment, "stderr": subprocess.DEVNULL}
    program = [str(Path(sys.executable).with_name("dask"))]
    arguments = ["--host", "127.0.0.1", "--port", "0", "--no-dashboard"]
    scheduler = subprocess.Popen(
        [*program, "scheduler", *arguments, "--scheduler-file", str(file)], **usual
    )
    arguments = ["--nthreads", "1", "--no-dashboard", "--local-directory", str(tmp_path / "local")]
    running = subprocess.Popen(
        [*program, "worker", *arguments, "--scheduler-file", str(file)], **usual
    )
    try:
        while not file.exists():
            time.sleep(0.05)
        yield json.loads(file.read_text())["address"], scheduler, running
    finally:
        for process in (running, scheduler):
            process.kill()
            process.wait()


def test_a_scheduler_that_goes_away(
    office: Office,
    apart: tuple[str, subprocess.Popen[bytes], subprocess.Popen[bytes]],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """The run ends and says so; the next goes on from what was done by then."""
    at, scheduler, _ = apart
    monkeypatch.setattr(connection, "PATIENCE", 5.0)
    rows = _pairs(office, *"A" * 60)

    def kill_scheduler(number: int, _total: int) -> None:
        if number == 1:
            scheduler.kill()

    options = office.options(office.list(*rows), cluster=ClusterAddress.read(at))
    with pytest.raises(Problem) as caught:
        enclose(options, kill_scheduler)
    assert caught.value.findings[0].rule == "E112"
    assert "its scheduler went away" in caught.value.findings[0].sentence
    assert not list((office.out / STATE / "parcels").glob("*.rows"))
    again = office.run(*rows)
    assert 0 < again.worked < len(rows)
    assert again.counts.done == len(rows)


def test_no_worker_and_one_with_threads(office: Office, monkeypatch: pytest.MonkeyPatch) -> None:
    """Found before anything is sent, and after what has waited."""
    monkeypatch.setattr(connection, "PATIENCE", 0.5)
    usual: dict[str, Any] = {"processes": False, "dashboard_address": "127.0.0.1:0"}
    rows = _pairs(office, "A")
    with LocalCluster(n_workers=0, protocol="tcp", **usual) as local:
        at = ClusterAddress.read(local.scheduler_address)
        with pytest.raises(Problem) as caught:
            office.run(*rows, cluster=at)
        assert caught.value.findings[0].sentence.endswith("it has no worker")
        with LocalCluster(n_workers=1, threads_per_worker=2, protocol="tcp", **usual) as other:
            at = ClusterAddress.read(other.scheduler_address)
            with pytest.raises(Problem) as caught:
                office.run(*rows, cluster=at)
    assert "start it with `--nthreads 1`" in caught.value.findings[0].sentence


def test_processes_that_end_before_they_begin(
    office: Office, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fails(**_options: object) -> None:
        raise RuntimeError("Nanny failed to start.")  # Dask's words

    monkeypatch.setattr(connection, "LocalCluster", fails)
    with pytest.raises(Problem) as caught:
        office.run(*_pairs(office, "A"), cluster=ClusterAddress.read("local:2"))
    assert caught.value.findings[0].rule == "E112"
    assert "could not be started" in caught.value.findings[0].sentence


def test_nobody_there(office: Office, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(connection, "PATIENCE", 0.5)
    with pytest.raises(Problem) as caught:
        office.run(*_pairs(office, "A"), cluster=ClusterAddress.read("tcp://127.0.0.1:9"))
    assert caught.value.findings[0].rule == "E112"
    assert "no scheduler answers there" in caught.value.findings[0].sentence


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("local:4", ClusterAddress("", 4)),
        ("tls://queue.clinic.example:8786", ClusterAddress("tls://queue.clinic.example:8786")),
        ("tcp://127.0.0.1:8786", ClusterAddress("tcp://127.0.0.1:8786")),
        ("tcp://[::1]:8786", ClusterAddress("tcp://[::1]:8786")),
    ],
)
def test_addresses(text: str, expected: ClusterAddress) -> None:
    assert ClusterAddress.read(text) == expected


@pytest.mark.parametrize(
    "text",
    ["", "local:0", "local", "queue:8786", "tcp://10.0.0.1:8786", "tls://queue", "inproc://a:1"],
)
def test_addresses_that_are_refused(text: str) -> None:
    with pytest.raises(Problem) as caught:
        ClusterAddress.read(text)
    assert caught.value.findings[0].rule == "E111"
    assert caught.value.code == ExitCode.USAGE


def test_without_its_packages(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(address, "PACKAGES", ("distributed", "no_such_package"))
    with pytest.raises(Problem) as caught:
        address.require_packages()
    assert caught.value.code == ExitCode.MISSING
    assert caught.value.findings[0].sentence.endswith("not installed: no_such_package")
    assert "setup/setup.sh dask" in caught.value.findings[0].hint


def test_without_the_option_dask_is_not_imported() -> None:
    code = """
import sys
import leafpress.cli.enclose, leafpress.mailing.run
print(sorted({"dask", "distributed", "tornado", "cloudpickle"} & {*sys.modules}))
"""
    done = subprocess.run([sys.executable, "-c", code], cwd=ROOT, capture_output=True, check=True)
    assert done.stdout == b"[]\n"


class Here:
    """Stands in for a cluster: this process does the parcels, and then the scheduler is gone."""

    def __init__(self, program_: str = "") -> None:
        self.program, self.answers = program_ or program(), list[ParcelAnswer]()
        self.between = lambda _folder: None

    @contextmanager
    def workers(
        self, _address: ClusterAddress, settings: WorkerSettings, seconds: float, _tell: object
    ) -> Iterator[DoRows]:
        folder = ParcelFolder(settings.out)
        same = folder.lay_out(ParcelSettings(settings, seconds, self.program), "settings")

        def do(jobs: list[RowJob]) -> Iterator[Any]:
            for rows in parcels.parted(jobs, 1):
                order = ParcelOrder(str(settings.out), same, folder.lay_out(rows, "rows"))
                self.between(folder)
                self.answers.append(parcel_worker.do_parcel(order))
            yield from ()
            raise connection.unusable(connection.GONE)

        yield do

    def run(self, office: Office, *rows: dict[str, str]) -> list[ParcelOutcome]:
        """What became of each parcel of a list; a finding says that the run came to no end."""
        with pytest.raises(Problem) as caught:
            office.run(*rows, cluster=ClusterAddress("here"))
        assert caught.value.findings[0].rule == "E112"
        return [answer.outcome for answer in self.answers]


@pytest.fixture
def here(monkeypatch: pytest.MonkeyPatch) -> Here:
    there = Here()
    monkeypatch.setattr(sending, "cluster_workers", there.workers)
    monkeypatch.setattr(parcel_worker, "_address", lambda: "here")
    monkeypatch.setattr(parcel_worker, "_settings", parcel_worker._settings.__wrapped__)
    return there


def test_notes_of_a_run_that_came_to_no_end(office: Office, here: Here) -> None:
    """The run that asked for them may have been killed: the next takes them over."""
    rows = _pairs(office, *"AAA")
    assert here.run(office, *rows) == [ParcelOutcome.DONE]
    assert list((office.out / STATE / "parcels").glob("*.notes"))
    done = office.run(*rows)
    assert (done.worked, done.counts.done) == (0, 3)
    assert not (office.out / STATE / "parcels").exists()
    assert {path.stat().st_mode & 0o777 for path in office.out.rglob("*.pdf")} == {0o600}


def test_a_worker_is_left_as_it_was(office: Office, here: Here) -> None:
    before = _state()
    here.run(office, *_pairs(office, "A"))
    assert _state() == before


def _state() -> tuple[object, ...]:
    mask = os.umask(0o022)
    os.umask(mask)
    limits = resource.getrlimit(resource.RLIMIT_AS)
    return mask, logging.root.manager.disable, tempfile.tempdir, limits


def test_a_worker_of_another_version(office: Office, here: Here) -> None:
    here.program = "of yesterday"
    assert here.run(office, *_pairs(office, "A")) == [ParcelOutcome.OTHER_PROGRAM]
    assert not list(office.out.glob("*.pdf"))


def test_a_parcel_that_was_taken_away(office: Office, here: Here) -> None:
    """As by a second run, after the first was killed: nothing is written any more."""
    here.between = ParcelFolder.withdraw
    assert here.run(office, *_pairs(office, "A")) == [ParcelOutcome.WITHDRAWN]
    assert not list(office.out.glob("*.pdf"))


def test_a_parcel_that_somebody_changed(office: Office, here: Here) -> None:
    """What is unpickled is what was laid out, or nothing."""

    def change(folder: ParcelFolder) -> None:
        for path in folder.path.glob("*.rows"):
            path.write_bytes(pickle.dumps(()))

    here.between = change
    assert here.run(office, *_pairs(office, "A")) == [ParcelOutcome.WITHDRAWN]


def test_a_fault_of_ours_on_a_worker(
    office: Office, here: Here, monkeypatch: pytest.MonkeyPatch
) -> None:
    """What it was about is not told: Dask would write that into its logs."""

    def fails(_rows: object, _before: object) -> list[RowJob]:
        raise ZeroDivisionError("A12345")

    monkeypatch.setattr(parcel_worker, "_in_order", fails)
    assert here.run(office, *_pairs(office, "A")) == [ParcelOutcome.FAULT]
    assert here.answers[0].reason == "ZeroDivisionError"


def _on_the_page() -> tuple[list[str], str]:
    """The commands of the page for IT about several machines, and Dask's configuration there."""
    page = (ROOT / "docs" / "it.md").read_text()
    section = page.partition("## Letters on several machines")[2].partition("\n## ")[0]
    blocks = re.findall(r"^```(\w+)\n(.*?)^```$", section, re.MULTILINE | re.DOTALL)
    commands = [line for kind, text in blocks if kind == "text" for line in text.splitlines()]
    return commands, next(text for kind, text in blocks if kind == "yaml")


_AS_THE_PROGRAM = """
import sys
from pathlib import Path
from leafpress.cli.main import main
if __name__ == "__main__":
    sys.exit(main(Path(sys.argv[1]), sys.argv[2:]))
"""
"""`build.py` for a project elsewhere."""


class Page:
    """Runs what the page says, with this test's folders and address in place of the page's."""

    def __init__(self, office: Office, port: int) -> None:
        commands, self.configuration = _on_the_page()
        self.office, self.commands = office, iter(commands)
        (office.root / "program.py").write_text(_AS_THE_PROGRAM)
        self.exchanged = {
            "10.0.0.1:8786": f"127.0.0.1:{port}",
            "10.0.0.1 --port 8786": f"127.0.0.1 --port {port}",
            "--nworkers 4": "--nworkers 1",
            "local:4": "local:1",
            "/var/tmp": str(office.root),  # the page's
            "/etc/leafpress": str(office.root),
            "tonight.csv": str(office.root / "list.csv"),
            "--letters letters": "--letters letters",
            "/srv/letters/tonight": "letters",
            "/srv/letters/out": "tonight-again",
            "python build.py": f"{sys.executable} program.py {office.root}",
        }
        (office.root / "dask.yaml").write_text(self.as_here(self.configuration))
        variables = {"PYTHONPATH": str(ROOT), "DASK_CONFIG": str(office.root / "dask.yaml")}
        self.environment = os.environ | variables

    def as_here(self, text: str) -> str:
        for there, here in self.exchanged.items():
            text = text.replace(there, here)
        return text

    def words(self, beginning: str) -> list[str]:
        """The next command, which begins so."""
        command = next(self.commands)
        assert command.startswith(beginning)
        words = shlex.split(self.as_here(command))
        if "enclose" in words:
            words += ["--date", str(TODAY), "--editions", str(self.office.editions)]
        return words

    def start(self, beginning: str) -> subprocess.Popen[str]:
        """Start the next command."""
        words, place = self.words(beginning), self.office.root
        if words[0] == "dask":  # its place is another machine's
            place = ROOT
            words[0] = str(Path(sys.executable).with_name("dask"))
        return subprocess.Popen(
            words,
            cwd=place,
            env=self.environment,
            text=True,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
        )

    def run(self, beginning: str) -> str:
        """What the next command says, when it is done and all is well."""
        with self.start(beginning) as process:
            said, _ = process.communicate(timeout=300)
        assert process.returncode == 0, said
        return said


def test_as_the_page_says(
    office: Office, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    """A rehearsal, then scheduler and worker with a certificate: each as somebody types it."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        page = Page(office, free.getsockname()[1])
    facts = "name: A clinic\ntelephone: 020 7946 0000\nemail: a@clinic.example\n"
    (office.root / "clinic.yaml").write_text(facts)
    office.list(*_pairs(office, "A", "A"))
    assert next(page.commands) == "setup/setup.sh dask"  # see test_project/test_setup.py
    monkeypatch.chdir(office.root)
    assert main(office.root, page.words("python build.py enclose")[3:]) == ExitCode.OK
    assert "2 finished, 0 refused" in capsys.readouterr().out
    page.run("openssl")
    with page.start("dask scheduler") as scheduler, page.start("dask worker") as worker:
        try:
            assert "2 finished, 0 refused" in page.run("python build.py enclose")
        finally:
            for process in (worker, scheduler):
                process.terminate()
    assert next(page.commands, "") == ""
    first, second = (_tree(office.root / name) for name in ("tonight", "tonight-again"))
    names = {name for name in first if name.endswith(".pdf")}
    assert len(names) == 2
    assert {name: first[name] for name in names} == {name: second[name] for name in names}
