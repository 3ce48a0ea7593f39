"""Write cramplint/_words.json: the words that the patterns of the rule pages need.

    .venv/bin/python tools/words.py

To work them out takes most of a first run (see cramplint/needs.py). So `make` does it when it
installs, and `make dist` before it builds what is released. The file is made of the rules and is
not kept in the repository; a pattern that it lacks, or the whole file, costs time and nothing else.
"""

from __future__ import annotations

import json
from datetime import date
from pathlib import Path

from cramplint import cache, needs
from cramplint.check import VOCABULARY, Selection
from cramplint.config import Config
from cramplint.corpus import gather
from cramplint.judging import judge
from cramplint.rules import load

ROOT = Path(__file__).resolve().parent.parent


def main() -> None:
    """Judge what asks about nearly every pattern: the articles, each by all rules."""
    rules = load(VOCABULARY, cached=False)
    config = Config(root=ROOT, today=date(2026, 1, 1))
    corpus = gather(sorted((ROOT / "articles").glob("*.md")), config)
    site = corpus.site(config, rules)
    for article in corpus.articles.values():
        judge(article, rules, site, Selection())
    words = needs.table() or {}
    made = json.dumps({needs.VERSION: dict(sorted(words.items()))}, separators=(",", ":"))
    cache.SHIPPED.write_text(made, "utf-8")
    print(f"{cache.SHIPPED.name}: the words of {len(words):,} patterns")


if __name__ == "__main__":
    main()
