"""What articles mean, held from where they are judged to where their pages are made: as bytes, a
hundredth of what an article weighs, and without its text, which is parsed again. They never leave
the processes of a run: what is kept between runs is JSON."""

from __future__ import annotations

from dataclasses import fields

from ..meaning import Reading
from ..model import Article

_LEFT_OUT = "article"


def packed(reading: Reading) -> bytes:
    """All of a reading but the article."""
    import pickle

    names = (one.name for one in fields(reading) if one.init and one.name != _LEFT_OUT)
    return pickle.dumps({name: getattr(reading, name) for name in names})


def unpacked(article: Article, held: bytes) -> Reading:
    """The reading of an article that was parsed from the same text."""
    import pickle

    return Reading(article, **pickle.loads(held))
