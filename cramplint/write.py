"""A file is written whole or not at all."""

from __future__ import annotations

import os
import stat
from contextlib import suppress
from pathlib import Path

from .model import CrampError


def write(path: Path, data: bytes) -> None:
    """Put `data` in the place of what `path` holds, or of nothing: a reader, or a rerun after a
    crash at any moment, sees the old bytes or the new ones. A link is followed, not replaced, and
    the permissions stay. Raises CrampError with the cause; the old file is then as it was."""
    place = os.path.realpath(path)
    folder, name = os.path.split(place)
    # Named before it is there: whatever ends the work, at any point, finds it to remove.
    draft = os.path.join(folder, f".{name[:40]}.{os.urandom(4).hex()}.tmp")
    try:
        try:
            lay(draft, data, mode(place))
            os.replace(draft, place)
        except BaseException:  # an interrupt too must leave no draft behind
            with suppress(OSError):
                os.unlink(draft)
            raise
        settle(folder)
    except OSError as error:
        raise CrampError(f"cannot be written: {error.strerror}", str(path)) from error


def lay(draft: str, data: bytes, permissions: int) -> None:
    """Write a new file and see it to the disk. Raises OSError; part of it may be there then."""
    flags = os.O_WRONLY | os.O_CREAT | os.O_EXCL | getattr(os, "O_BINARY", 0)
    with os.fdopen(os.open(draft, flags, 0o600), "wb") as file:
        file.write(data)
        file.flush()
        os.fsync(file.fileno())
    os.chmod(draft, permissions)


def settle(folder: str) -> None:
    """See the names in a folder to the disk, where the system can do that."""
    with suppress(OSError):
        handle = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(handle)
        finally:
            os.close(handle)


def mode(place: str) -> int:
    """The permissions of the file that is there, else those that a new file gets."""
    try:
        return stat.S_IMODE(os.stat(place).st_mode)
    except FileNotFoundError:
        mask = os.umask(0)
        os.umask(mask)
        return 0o666 & ~mask
