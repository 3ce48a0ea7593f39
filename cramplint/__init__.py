"""cramplint checks consumer health articles and publishes clean versions of them.

The nouns are here; each step is in the module that has its name:

    from pathlib import Path
    from cramplint.check import VOCABULARY, Selection
    from cramplint.config import load
    from cramplint.corpus import gather
    from cramplint.judging import judge
    from cramplint.rules import load as load_rules

    config = load(Path())
    rules = load_rules(VOCABULARY, config.rule_paths)
    corpus = gather([Path("articles")], config)
    site = corpus.site(config, rules)
    for article in corpus.articles.values():
        print(judge(article, rules, site, Selection()).checked.findings)
"""

from __future__ import annotations

TYPE_CHECKING = False  # as type checkers know it: `typing` is slow to load
if TYPE_CHECKING:
    from typing import Any

    from .meaning import Reading
    from .model import VERSION as __version__
    from .model import Article, CrampError, Edit, Finding, Fix, Rule, Settings, Source, Span

__all__ = [
    "Article",
    "CrampError",
    "Edit",
    "Finding",
    "Fix",
    "Reading",
    "Rule",
    "Settings",
    "Source",
    "Span",
    "__version__",
]


def __getattr__(name: str) -> Any:
    """A public name, loaded when it is asked for: the command line catches an interrupt as soon as
    it runs, so nothing that takes time stands before it."""
    if name not in __all__:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    from . import meaning, model

    named = {"Reading": meaning, "__version__": model}.get(name, model)
    return getattr(named, "VERSION" if name == "__version__" else name)
