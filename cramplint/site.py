"""All articles' facts -> what one article is judged against: the link graph, settings, tables."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from .model import Page, Settings


@dataclass(frozen=True)
class Site:
    """`pages`: by path, relative to the site's root. `data`: the tables of `rules/data/`."""

    pages: Mapping[str, Page] = field(default_factory=dict)
    settings: Settings = Settings()
    data: Mapping[str, Any] = field(default_factory=dict)
