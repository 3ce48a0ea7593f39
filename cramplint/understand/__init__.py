"""Article -> Reading: what the text means for a health page, computed once for all rules."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from ..meaning import Reading, Zone
from ..model import Article
from . import disclaimers as disclaiming
from . import safety, zones
from .commerce import offers
from .sentences import sentences
from .topics import is_health, language, topics


def understand(article: Article, data: Mapping[str, Any]) -> Reading:
    """The reading of `article`; `data` holds the tables of the rules, by name."""
    split = tuple(sentences(article))
    pairs = tuple(zones.pairs(article))
    related = tuple(zones.related(article))
    disclaimers = disclaiming.disclaimers(article, split)
    red_flags = safety.red_flags(article, split, pairs)
    about = topics(article, data)
    found = (
        *zones.zones(article, related, pairs),
        *(Zone("disclaimer", span) for span in disclaimers.spans),
        *(Zone("red_flags", span) for span in red_flags.sections),
    )
    stated = article.meta.data.get("type")
    return Reading(
        article=article,
        zones=found,
        sentences=split,
        pairs=pairs,
        related=related,
        topics=about,
        health=is_health(article, about, data),
        type=stated if isinstance(stated, str) else "article",
        lang=language(article),
        disclaimers=disclaimers,
        red_flags=red_flags,
        testimonials=sum(z.kind == "testimonial" and z.heading is None for z in found),
        commercial=bool(offers(article, data)),
    )
