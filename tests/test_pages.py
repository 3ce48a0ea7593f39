"""Published pages before the judges that others are held to: html-validate, the Nu checker, axe-core
in a browser, and the types of schema.org."""

from __future__ import annotations

import json
import re
import subprocess
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from threading import Thread
from urllib.parse import quote

import pytest

from cramplint.check import VOCABULARY, Selection
from cramplint.config import Config
from cramplint.publish import publish
from cramplint.read import ENDINGS
from cramplint.rules import load

ROOT = Path(__file__).parent.parent
# One of everything that a page may hold, and much that it may not.
EVERYTHING = """---
title: Everything on one page
description: All that a page may hold.
lang: en
locale: gb
topics: [leg-cramps, vitamin-d]
authors: [{name: Ann Lee, credentials: RN, url: "https://e.example/ann"}, {name: The editors}]
reviewed_by: {name: Dr Cy Mo, credentials: MD}
created: 2026-01-01
updated: 2026-01-02
last_reviewed: 2026-02-02
next_review: 2027-02-02
disclaimer: site
related: [leg-cramps-at-night]
references: [A book, {title: A study, year: 2021, url: "https://e.example/s"}]
funding: a grant
---

Lead with *emphasis*, **strong**, ~~gone~~, `code`[^a] and [a link](https://e.example/?a=1&b=2 "t").

> [!WARNING]
> Do not take more than the label says.
>
> - one

!!! danger
    Indented.

!!! attention
Stop **now**.
!!!

::: tip
Rest.
:::

::: tip
Rest again: [here]({{ url }}).
:::

> An ordinary quote.

## What it is

| Food | Amount | Note |
|:-----|-------:|:----:|
| Spinach, cooked, half a cup | 78 mg | x |
| Almonds |  | y |

```python
print("hello world, on a line that is much longer than any narrow window could hold at once")
```

- [x] done
- [ ] to do

3. three
   - nested

     with a paragraph
4. four

### Deeper

#### And deeper

<details><summary>More</summary>Hidden <abbr title="World Health Organization">WHO</abbr>.</details>

<table><tr><td>raw<td>table</table>

<p>open <b>bold <i>both</b> odd</i> <img src="x.png"> <img src="y.png" alt="why" width="20" height="10">

Averyveryveryveryveryveryveryveryveryveryveryveryveryveryveryveryveryverylongwordindeed.

## Common questions

### Is it bad?

No, it passes[^a].

### How long does it last?

A day or two.

## What it is

The same heading again.

| a |
|---|
| b |

## 1. An id that begins with a digit

## 😷 and one with a hyphen

## See a doctor if

- it hurts for more than a week

## Call 999 if

- you cannot breathe

***

This page is for information only and does not replace the advice of your doctor. Ask your doctor.

[^a]: A note. [Where](https://e.example/n).
[^b]: Nobody names this one.
"""
ARABIC = """---
title: تشنج الساق
description: ما يساعد.
lang: ar
created: 2026-01-01
---

نص قصير عن تشنج الساق.

## ما هو

- واحد
- اثنان

| أ | ب |
|---|---|
| 1 | 2 |
"""
HEBREW = """---
title: התכווצויות ברגליים
description: מה עוזר בלילה.
lang: he
created: 2026-01-01
---

טקסט קצר על התכווצויות ברגליים, עם המילה *magnesium* ועם [קישור](https://e.example/).

## מתי לפנות לרופא

1. כאב של יותר משבוע
2. 300 mg ליום

> ציטוט.
"""


@pytest.fixture(scope="module")
def site(tmp_path_factory):
    return tmp_path_factory.mktemp("out")


@pytest.fixture(scope="module")
def pages(site, tmp_path_factory):
    """The pages of our articles, of damaged texts, and of some that hold what these lack."""
    folder = tmp_path_factory.mktemp("texts")
    (folder / "everything.md").write_text(EVERYTHING, "utf-8")
    (folder / "arabic.md").write_text(ARABIC, "utf-8")
    (folder / "hebrew.md").write_text(HEBREW, "utf-8")
    damaged = [
        p
        for p in (ROOT / "tests/damaged").iterdir()
        if p.suffix in ENDINGS and p.name != "expected.txt"
    ]
    config = Config(
        root=ROOT, fail_on="never", site_url="https://h.example/site", site_name="A site"
    )
    rules, places = load(VOCABULARY), [ROOT / "articles", folder, *damaged]
    done = publish(places, config, lambda: (rules, Selection(), {}), site)
    found = sorted(site.rglob("*.html"))
    assert len(found) > len(done.published)  # and the index
    return found


def listed(files):
    return "".join(f"{file}\n" for file in files)


def test_html_validate_has_nothing_against_them(pages, node):
    assert json.loads(node("html-validate.mjs", stdin=listed(pages))) == []


class _Quiet(SimpleHTTPRequestHandler):
    def log_message(self, *_):
        pass


@pytest.fixture(scope="module")
def served(pages, site):
    """The addresses of the pages, as a host serves them: what a page's policy calls "self" is a host,
    and no folder."""
    with ThreadingHTTPServer(("127.0.0.1", 0), partial(_Quiet, directory=site)) as server:
        Thread(target=server.serve_forever, daemon=True).start()
        yield [
            f"http://127.0.0.1:{server.server_port}/{quote(page.relative_to(site).as_posix())}"
            for page in pages
        ]
        server.shutdown()


def test_the_nu_checker_has_nothing_against_them(served, nu_checker):
    command = [*nu_checker, "--format", "json", *served]
    done = subprocess.run(command, capture_output=True, text=True)
    said = json.loads(done.stderr)["messages"]
    assert [(m["url"], m.get("lastLine"), m["message"]) for m in said] == []
    assert done.returncode == 0


def test_axe_has_nothing_against_them_in_light_and_dark(pages, node, chromium):
    # A page that leads on from an old address is left before anything could be judged.
    stay = [page for page in pages if 'http-equiv="refresh"' not in page.read_text("utf-8")]
    assert len(pages) - len(stay) < 10
    faults = json.loads(node("axe.mjs", chromium, stdin=listed(stay), timeout=600))
    # Images that the texts name and that nobody has.
    assert [f for f in faults if "ERR_FILE_NOT_FOUND" not in f["what"]] == []


def test_axe_would_tell(tmp_path, node, chromium):
    bad = tmp_path / "bad.html"
    bad.write_text(
        "<!DOCTYPE html><title>t</title><p style='color:#eee;background:#fff'>pale</p>"
        "<div style='width:500px'>wide</div><img src='https://e.invalid/x.png'>",
        "utf-8",
    )
    said = " ".join(f["what"] for f in json.loads(node("axe.mjs", chromium, stdin=str(bad))))
    for word in ("color-contrast", "html-has-lang", "image-alt", "too wide", "request:"):
        assert word in said


@pytest.fixture(scope="module")
def typed(node_modules, tmp_path_factory):
    """Graphs -> what the compiler says of them as schema.org's."""

    def run(graphs):
        folder = tmp_path_factory.mktemp("types")
        lines = ['import type { Graph } from "schema-dts";']
        lines += [f"export const g{i}: Graph = {json.dumps(g)};" for i, g in enumerate(graphs)]
        (folder / "graphs.ts").write_text("\n".join(lines), "utf-8")
        paths = {"schema-dts": [str(node_modules / "schema-dts")]}
        options = {"strict": True, "noEmit": True, "paths": paths, "skipLibCheck": True}
        options |= {"module": "esnext", "moduleResolution": "bundler", "types": []}
        config = {"compilerOptions": options, "files": ["graphs.ts"]}
        (folder / "tsconfig.json").write_text(json.dumps(config), "utf-8")
        compiler = node_modules / "typescript" / "bin" / "tsc"
        done = subprocess.run(
            ["node", str(compiler), "-p", str(folder)], capture_output=True, text=True
        )
        return done.stdout + done.stderr

    return run


def test_what_pages_say_of_themselves_is_of_the_types_of_schema_org(pages, typed):
    held = [
        json.loads(data)
        for page in pages
        for data in re.findall(r'ld\+json">(.*?)</script>', page.read_text("utf-8"))
    ]
    articles = [page for page in pages if "<article" in page.read_text("utf-8")]
    assert len(held) >= len(articles) > 20
    assert typed(held) == ""
    (whole,) = (g for g in held if g["@graph"][0]["name"] == "Everything on one page")
    assert {one["@type"] for one in whole["@graph"]} == {
        "MedicalWebPage",
        "BreadcrumbList",
        "FAQPage",
    }
    whole["@graph"][0]["reviewedBy"] = [{"@type": "BreadcrumbList", "name": 5}]
    assert "error" in typed([whole])
