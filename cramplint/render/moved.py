"""`_redirects`: old addresses and where they lead, as Netlify, Cloudflare Pages and others read."""

from __future__ import annotations

from collections.abc import Sequence
from urllib.parse import quote


def redirects(moves: Sequence[tuple[str, str]], root: str) -> bytes:
    """`moves`: the file of an old address and that of the page, both from the site's top, which has
    the path `root` on its host ("" or "/…")."""
    lines = ["# generator: cramplint"]
    for file, path in moves:
        old = file.removesuffix("/index.html")
        lines.append(f"{root}/{quote(old)} {root}/{quote(path)} 301")
    return ("\n".join(lines) + "\n").encode("ascii")
