"""What was worked out before, kept between runs as JSON in the user's cache folder.

Who keeps a value keeps with it what it was made of, and compares before use. A cache that is
damaged, or that cannot be written, costs time and nothing else.
"""

from __future__ import annotations

import os
import re
import sys
import zlib
from pathlib import Path
from typing import Any

from .model import VERSION, CrampError
from .write import write

SHIPPED = Path(__file__).with_name("_words.json")
_SUM = 9  # bytes of a checksum
_FILE = re.compile(r"[\w.]+-[\w.-]+\.json|found-[0-9a-f]{16}\.db(?:-journal)?")


def use(place: Path) -> None:
    """Keep everything in `place` from now on, in this process and those that it starts."""
    os.environ["CRAMPLINT_CACHE_DIR"] = os.path.abspath(place)


def clear() -> tuple[int, int]:
    """Delete what is kept. Gives how many files and bytes that was. Raises CrampError."""
    home = folder()
    count = size = 0
    try:
        for file in sorted(home.iterdir()) if home.is_dir() else ():
            if _FILE.fullmatch(file.name) and file.is_file() and not file.is_symlink():
                size += file.stat().st_size
                file.unlink()
                count += 1
    except OSError as error:
        raise CrampError(f"cannot be emptied: {error.strerror}", str(home)) from error
    return count, size


def folder() -> Path:
    """`CRAMPLINT_CACHE_DIR`, else the platform's place for caches."""
    stated = os.environ.get("CRAMPLINT_CACHE_DIR")
    if stated:
        return Path(stated)
    if sys.platform == "win32":
        base = os.environ.get("LOCALAPPDATA") or os.path.expanduser("~/AppData/Local")
    elif sys.platform == "darwin":
        base = os.path.expanduser("~/Library/Caches")
    else:
        base = os.environ.get("XDG_CACHE_HOME") or os.path.expanduser("~/.cache")
    return Path(base) / "cramplint"


def fetch(key: str) -> Any:
    """The value kept under `key`, else None."""
    return fetch_with(key)[0]


def fetch_with(key: str) -> tuple[Any, memoryview]:
    """The value kept under `key`, else None, and the bytes kept with it."""
    import json

    try:
        held = _file(key).read_bytes()
        view = memoryview(held)  # megabytes: no copy
        if held[:_SUM] != _sum(view[_SUM:]):
            return None, memoryview(b"")
        end = held.find(b"\n", _SUM)
        end = len(held) if end < 0 else end
        return json.loads(held[_SUM:end]), view[end + 1 :]
    except (OSError, ValueError, RecursionError):
        return None, memoryview(b"")


def shipped(key: str) -> Any:
    """The value under `key` that came with the package, else None: what every first run would have
    to work out. See tools/words.py."""
    import json

    try:
        return json.loads(SHIPPED.read_bytes())[key]
    except (OSError, ValueError, KeyError, TypeError, RecursionError):
        return None


def keep(key: str, value: Any, rest: bytes = b"") -> None:
    """Keep `value`, which is JSON, and `rest` under `key`, if the folder can be written to."""
    import json

    file = _file(key)
    try:
        file.parent.mkdir(parents=True, exist_ok=True)
        made = json.dumps(value, separators=(",", ":")).encode()
        held = made + b"\n" + rest if rest else made
        write(file, _sum(held) + held)
    except (OSError, CrampError, TypeError, ValueError):
        return


def _sum(held: bytes | memoryview) -> bytes:
    """What a file begins with, so that one that is damaged anywhere is not taken. Who may write to
    the cache can write this too, and is trusted."""
    return b"%08x\n" % zlib.crc32(held)


def _file(key: str) -> Path:
    return folder() / f"{VERSION}-{key}.json"
