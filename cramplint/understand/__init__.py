"""Article -> Reading: what the text means for a health page, computed once for all rules."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from ..meaning import Reading, Zone
from ..model import Article
from ..needs import learn
from ..patterns import lowered
from . import disclaimers as disclaiming
from . import safety, zones
from .advice import advised, names
from .commerce import offers, promises
from .credits import credited
from .dates import dates
from .doses import doses
from .evidence import evidence
from .sentences import sentences
from .topics import is_health, language, may_be_health, topics


def understand(article: Article, data: Mapping[str, Any]) -> Reading:
    """The reading of `article`; `data` holds the tables of the rules, by name."""
    learn()
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
    reading = Reading(
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
        evidence=evidence(article, found, data),
        credits=credited(article, found, tuple(dates(article))),
    )
    taken = doses(reading, data)
    health = reading.health
    if not health and may_be_health(article):
        # Whoever tells readers how much of a vitamin to take writes on health, in few words as in
        # many, and so does who sells one and says what it does for the body.
        told = any(dose.kind == "recommend" and dose.nutrient for dose in taken)
        health = told or (reading.commercial and promises(article, split, data))
    named = names(data, lowered(article.prose))
    some = tuple(advised(reading, taken, named))
    return replace(reading, doses=taken, health=health, advised=some)
