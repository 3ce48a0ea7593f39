"""What an ordinary file holds, up to a size: a pipe or a device is never waited for, and what has
no end is never read to it."""

from __future__ import annotations

import os
import stat
from pathlib import Path

from .model import CrampError

SETTINGS = 1_000_000  # bytes of a file of settings or of patterns: a hundred pages
BASELINE = 20_000_000  # bytes: a hundred thousand entries


def held(path: Path, most: int, name: str = "") -> bytes:
    """The first `most` bytes of a file. `name` is what messages call it (default: its path).
    Raises CrampError: it cannot be read, or is no ordinary file."""
    name = name or str(path)
    # Opened without waiting and looked at before a byte is read: a pipe or device never blocks.
    flags = os.O_RDONLY | getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_BINARY", 0)
    try:
        found = os.stat(path)
        if not stat.S_ISREG(found.st_mode):
            raise CrampError("is no ordinary file", name, "only files and folders can be checked")
        handle = os.open(path, flags)
        try:
            return _read(handle, found.st_size, most)
        finally:
            os.close(handle)
    except (OSError, ValueError) as error:
        cause = error.strerror if isinstance(error, OSError) else error
        raise CrampError(f"cannot be read: {cause}", name) from error


def _read(handle: int, size: int, most: int) -> bytes:
    """At most `most` bytes of a file that should hold `size`, to its end."""
    data = os.read(handle, min(size + 1, most))
    if len(data) == size:
        return data
    pieces, room = [data], most - len(data)
    while room > 0 and pieces[-1]:
        pieces.append(os.read(handle, min(room, 65_536)))
        room -= len(pieces[-1])
    return b"".join(pieces)


def whole(path: Path, most: int) -> bytes:
    """All of a file of at most `most` bytes. Raises CrampError as `held` does, and for a larger
    one."""
    data = held(path, most + 1)
    if len(data) > most:
        raise CrampError(f"is larger than {most // 1_000_000} MB", str(path), "cut it")
    return data
