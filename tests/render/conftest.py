"""Texts -> readings and bodies, without a site around them."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import Any

import pytest

from cramplint.meaning import Disclaimers, Reading, RedFlags
from cramplint.model import Kind, Source
from cramplint.parse import parse
from cramplint.render.body import Body, Links
from cramplint.render.html import Tier, render
from cramplint.render.urls import safe


def _reading(text: str, kind: Kind = "markdown", **known: Any) -> Reading:
    name = "leg-cramps.txt" if kind == "text" else "leg-cramps.md"
    nothing = Reading(
        article=parse(Source(name, text, kind)),
        zones=(),
        sentences=(),
        pairs=(),
        related=(),
        topics=(),
        health=True,
        type="article",
        lang="en",
        disclaimers=Disclaimers(),
        red_flags=RedFlags(),
        testimonials=0,
    )
    return replace(nothing, **known)


@pytest.fixture(scope="session")
def read() -> Callable[..., Reading]:
    """(text, kind, what is known): a reading that knows nothing else of the text."""
    return _reading


@pytest.fixture(scope="session")
def make() -> Callable[..., Body]:
    """(text, kind, pages, tier, what is known) -> the body. `pages`: title -> href of related
    articles; targets that begin with "gone" lead nowhere."""

    def run(
        text: str,
        kind: Kind = "markdown",
        pages: dict[str, str] | None = None,
        tier: Tier | None = None,
        **known: Any,
    ) -> Body:
        def href(target: str) -> str | None:
            return None if target.startswith("gone") else safe(target)

        return render(_reading(text, kind, **known), Links(href, (pages or {}).get), tier)

    return run
