"""A mended article goes back into its file: only over what was read, each line with its own end."""

from __future__ import annotations

import os
import stat
from pathlib import Path

from .alignment import Change, changes
from .model import CrampError, Source
from .patterns import lazy
from .read import decode, encode
from .write import write

_END = lazy(r"\r\n|\r|\n")


def rewrite(path: Path, before: Source, after: Source) -> None:
    """Put `after` in the place of `before`, which was read from `path`. Raises CrampError, and
    leaves the file as it is, if it is read-only, holds something else by now, or cannot be
    written."""
    name = before.name
    try:
        # Replacing a file asks nothing of its own permissions, so they are looked at here.
        if not stat.S_IMODE(os.stat(path).st_mode) & 0o222 or not os.access(path, os.W_OK):
            raise CrampError("is read-only", name, "make it writable, or mend a copy")
        data = path.read_bytes()
    except OSError as error:
        raise CrampError(f"cannot be read: {error.strerror}", name) from error
    if not _same(data, before):
        raise CrampError("was changed meanwhile", name, "nothing was written; run it again")
    write(path, restored(data, before, after))


def _same(data: bytes, source: Source) -> bool:
    try:
        return decode(data, source.name) == source
    except CrampError:
        return False


def restored(data: bytes, before: Source, after: Source) -> bytes:
    """The bytes of `after`, which was `before` with the bytes `data`. Where line ends are mixed,
    each line that stays keeps its own; new lines get the one that stands most often."""
    ends = _END.findall(data.decode("utf-8"))
    if len(set(ends)) < 2:
        return encode(after)
    old, new = before.text.split("\n"), after.text.split("\n")
    kept = [after.newline] * len(new)
    at = 0
    for one in (*changes(old, new), Change(len(old), len(old), len(new), len(new))):
        shift = one.new - one.old
        for i in range(at, one.old + min(one.old_end - one.old, one.new_end - one.new)):
            if i < len(ends):
                kept[i + shift] = ends[i]
        at = one.old_end
    for j in range(1, len(new) - 1):
        if not new[j] and kept[j - 1] == "\r" and kept[j] == "\n":
            kept[j] = "\r"  # together they would be one end
    text = "".join(line + end for line, end in zip(new[:-1], kept, strict=False)) + new[-1]
    return encode(Source(after.name, text, after.kind, bom=after.bom))
