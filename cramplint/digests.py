"""What stands for texts where they are compared or named by their contents."""

from __future__ import annotations

try:  # hashlib loads all of OpenSSL
    from _blake2 import blake2b
except ImportError:
    from hashlib import blake2b


def digest(*held: str | bytes) -> bytes:
    """16 bytes that stand for texts or bytes and their order."""
    made = blake2b(digest_size=16)
    for one in held:
        data = one.encode("utf-8", "surrogatepass") if isinstance(one, str) else one
        made.update(b"%d " % len(data))
        made.update(data)
    return made.digest()
