"""A folder of a site's own templates, read: nothing outside it, nothing that is no text."""

from __future__ import annotations

import os
from pathlib import Path

from .model import CrampError
from .near import hint
from .render.page import judge
from .render.theme import Theme, names

ENDINGS = (".html", ".css", ".xml", ".txt", ".svg")
_LARGEST = 1 << 20  # bytes
_MOST = 500  # files; a folder with more is not one of templates


def read(folder: Path) -> Theme:
    """The templates in `folder` and below it. Raises CrampError for a folder without one that
    cramplint uses, for what leads out of it, and for one that is no template, with file and line.
    """
    if not folder.is_dir():
        raise CrampError("there is no such folder of templates", str(folder), "name another one")
    root = os.path.join(os.path.realpath(folder), "")
    files: dict[str, str] = {}
    for place, folders, here in os.walk(folder):
        folders[:] = sorted(name for name in folders if not name.startswith("."))
        for name in sorted(here):
            path = Path(place, name)
            if name.startswith(".") or path.suffix not in ENDINGS:
                continue
            if not os.path.realpath(path).startswith(root) or not path.is_file():
                raise CrampError("leads out of the folder of templates", str(path), "copy it there")
            files[path.relative_to(folder).as_posix()] = _text(path)
            if len(files) > _MOST:
                raise CrampError(f"holds more than {_MOST} templates", str(folder), "name its part")
    used = names()
    if not set(files) & set(used):
        found = next(iter(files), "")
        todo = hint(found, used) if found else f"write one of {', '.join(used)}"
        raise CrampError("holds no template that cramplint uses", str(folder), todo)
    theme = Theme(folder.as_posix(), tuple(files.items()))
    judge(theme)
    return theme


def _text(path: Path) -> str:
    try:
        data = path.read_bytes()
        if len(data) > _LARGEST:
            raise CrampError("is too large for a template", str(path), "a mebibyte is the most")
        return data.decode("utf-8-sig").replace("\r\n", "\n")
    except UnicodeDecodeError as error:
        raise CrampError("is not UTF-8", str(path), "save it as UTF-8") from error
    except OSError as error:
        why = error.strerror or "cannot be read"
        raise CrampError(
            f"cannot be read: {why}", str(path), "give yourself the right to"
        ) from error
