"""A file is written whole or not at all."""

from __future__ import annotations

import os
import stat
from pathlib import Path

from .model import CrampError


def write(path: Path, data: bytes) -> None:
    """Put `data` in the place of what `path` holds, or of nothing: a reader, or a rerun after a
    crash at any moment, sees the old bytes or the new ones. A link is followed, not replaced, and
    the permissions stay. Raises CrampError with the cause; the old file is then as it was."""
    import tempfile

    place = os.path.realpath(path)
    folder, name = os.path.split(place)
    try:
        handle, draft = tempfile.mkstemp(".tmp", f".{name[:40]}.", folder)
        try:
            with os.fdopen(handle, "wb") as file:
                file.write(data)
                file.flush()
                os.fsync(file.fileno())
            os.chmod(draft, _mode(place))
            os.replace(draft, place)
        except BaseException:  # an interrupt too must leave no draft behind
            os.unlink(draft)
            raise
    except OSError as error:
        raise CrampError(f"cannot be written: {error.strerror}", str(path)) from error


def _mode(place: str) -> int:
    """The permissions of the file that is there, else those that a new file gets."""
    try:
        return stat.S_IMODE(os.stat(place).st_mode)
    except FileNotFoundError:
        mask = os.umask(0)
        os.umask(mask)
        return 0o666 & ~mask
