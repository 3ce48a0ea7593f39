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
