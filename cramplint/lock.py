"""One run at a time: a lock on a folder that dies with the process that holds it."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from .model import CrampError

_FILE = ".cramplint-lock"  # where a folder itself cannot be locked


@contextmanager
def alone(folder: Path) -> Iterator[None]:
    """Hold `folder` for this process. Raises CrampError if another one holds it, or if the file
    system knows no locks. A process that is killed holds nothing any more."""
    try:
        from fcntl import LOCK_EX, LOCK_NB, flock
    except ImportError:
        with _windows(folder):
            yield
        return
    handle = _opened(folder, os.O_RDONLY)
    try:
        with _busy(folder):
            flock(handle, LOCK_EX | LOCK_NB)
        yield
    finally:
        os.close(handle)


@contextmanager
def _windows(folder: Path) -> Iterator[None]:
    import msvcrt

    file = folder / _FILE
    handle = _opened(file, os.O_RDWR | os.O_CREAT)
    try:
        with _busy(folder):
            msvcrt.locking(handle, msvcrt.LK_NBLCK, 1)  # type: ignore[attr-defined]  # of Windows
        yield
    finally:
        os.close(handle)
        with suppress(OSError):  # Windows refuses while another run has it open
            file.unlink()


def _opened(place: Path, flags: int) -> int:
    try:
        return os.open(place, flags)
    except OSError as error:
        raise CrampError(f"cannot be opened: {error.strerror}", str(place)) from error


@contextmanager
def _busy(folder: Path) -> Iterator[None]:
    try:
        yield
    except (BlockingIOError, PermissionError) as error:
        todo = "wait until it is done"
        raise CrampError("another run is publishing here", str(folder), todo) from error
    except OSError as error:
        todo = "publish to a local disk, and copy from there"
        raise CrampError(f"cannot be locked: {error.strerror}", str(folder), todo) from error
