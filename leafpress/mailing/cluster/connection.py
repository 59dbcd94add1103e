"""A connection to a cluster: to one that runs, or to one that is started here for one run."""

from __future__ import annotations

import logging
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from typing import Any

import dask
from distributed import Client, LocalCluster

from leafpress.findings import Problem, Span
from leafpress.mailing.cluster.address import ClusterAddress
from leafpress.rules import finding
from leafpress.system.interruption import Interrupted, held, stop_on_signal
from leafpress.system.processes import deaf_to_ctrl_c

PATIENCE = 30.0
"""Seconds until a scheduler has to answer, and a worker has to be there."""

_PARTING = 5
"""Seconds for saying goodbye to a scheduler that may be gone."""

LOCALLY = {
    "distributed.scheduler.http.routes": [],  # no page about the cluster
    "distributed.deploy.lost-worker-timeout": "1 day",  # else one that ends often is given up
}
"""How Dask is set where it is started here."""

UNREACHABLE = (OSError, TypeError, RuntimeError, ValueError)
"""What Dask raises where nobody answers, or where there is no certificate to ask with."""

GONE = "its scheduler went away"


def unusable(problem: str) -> Problem:
    """Why nothing can be done by this cluster (E112)."""
    return Problem(finding("E112", Span("--dask"), problem=problem))


@contextmanager
def connected(address: ClusterAddress) -> Iterator[Client]:
    """A connection for as long as the `with` lasts; SIGTERM ends it as Ctrl-C does.

    Raises:
        Problem: nobody answers, or there is no worker (E112).
        Interrupted: after Ctrl-C or SIGTERM.
    """
    with _silence(), stop_on_signal():
        try:
            with _client(address) as client:
                require_workers(client)
                yield client
        except KeyboardInterrupt:
            raise Interrupted from None


@contextmanager
def _silence() -> Iterator[None]:
    """Libraries say nothing meanwhile: what went wrong is told as a finding."""
    before = logging.root.manager.disable
    logging.disable(logging.CRITICAL)
    try:
        yield
    finally:
        logging.disable(before)


@contextmanager
def _client(address: ClusterAddress) -> Iterator[Client]:
    if not address.scheduler:
        with _started(address.workers) as cluster, Client(cluster) as client:
            yield client
        return
    try:
        client = Client(address.scheduler, timeout=PATIENCE)
    except UNREACHABLE as error:
        raise unusable(f"no scheduler answers there ({type(error).__name__})") from None
    try:
        with client.as_current():
            yield client
    finally:
        client.close(timeout=_PARTING)


@contextmanager
def _started(workers: int) -> Iterator[Any]:
    """A cluster of this machine, which nobody else can use: its certificate is of this run.

    Raises:
        Problem: a process ends before it has begun (E112).
    """
    folder = tempfile.TemporaryDirectory(prefix="leafpress-", ignore_cleanup_errors=True)
    with folder as scratch, dask.config.set(LOCALLY):
        try:
            with held(), deaf_to_ctrl_c():
                cluster = _local(workers, scratch)
        except UNREACHABLE:
            raise unusable("its processes could not be started") from None
        try:
            yield cluster
        finally:
            with suppress(*UNREACHABLE, AssertionError):  # of one that is just being started again
                cluster.close(timeout=_PARTING)


def _local(workers: int, scratch: str) -> LocalCluster:
    return LocalCluster(
        n_workers=workers,
        threads_per_worker=1,
        security=True,
        protocol="tls",
        host="127.0.0.1",
        dashboard_address="127.0.0.1:0",
        silence_logs=logging.CRITICAL,
        local_directory=scratch,
    )


def require_workers(client: Client) -> list[str]:
    """The addresses of the workers, of which there has to be one before long.

    Raises:
        Problem: there is none, or one does several things at a time (E112).
    """
    try:
        client.wait_for_workers(1, timeout=PATIENCE)
        threads: dict[str, int] = client.nthreads()
    except TimeoutError:
        raise unusable("it has no worker") from None
    except UNREACHABLE:
        raise unusable(GONE) from None
    if any(count > 1 for count in threads.values()):
        raise unusable("a worker has several threads: start it with `--nthreads 1`")
    return list(threads)
