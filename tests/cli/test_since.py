"""Only what changed, and what the change broke elsewhere: with a real git."""

from __future__ import annotations

import json
import os
import subprocess
from collections.abc import Callable
from pathlib import Path

import pytest

import cramplint.corpus
import cramplint.judging
import cramplint.parse

Git = Callable[..., None]


@pytest.fixture
def git(home: Path, monkeypatch: pytest.MonkeyPatch) -> Git:
    """git in the working folder, a new repository."""
    monkeypatch.setenv("GIT_CONFIG_GLOBAL", os.devnull)
    monkeypatch.setenv("GIT_CONFIG_NOSYSTEM", "1")
    for role in ("AUTHOR", "COMMITTER"):
        monkeypatch.setenv(f"GIT_{role}_NAME", "A Writer")
        monkeypatch.setenv(f"GIT_{role}_EMAIL", "writer@example.org")

    def done(*words: str) -> None:
        subprocess.run(["git", *words], cwd=home, check=True, capture_output=True)

    done("init", "-q", "-b", "main")
    return done


def put(name: str, text: str) -> None:
    file = Path(name)
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_bytes(text.encode())


def commit(git: Git, texts: dict[str, str]) -> None:
    for name, text in texts.items():
        put(name, text)
    git("add", "-A")
    git("commit", "-qm", "x")


def places(out: str) -> list[tuple[str, str, int]]:
    lines = map(json.loads, out.splitlines())
    return [(one["path"], one["rule"], one["start"]["line"]) for one in lines]


CHECK = ("check", "--output-format", "jsonl")
LINKS = ("--select", "links/*")


def test_only_what_changed_is_judged(home, run, git):
    commit(git, {"a.md": "A zebra.\n", "b.md": "A zebra.\n"})
    assert run(*CHECK, "--since", "HEAD") == (0, "", run(*CHECK, "--since", "HEAD").err)
    put("b.md", "A zebra.\n\nA lemur.\n")
    put("c.md", "A lemur.\n")
    ran = run(*CHECK, "--since", "HEAD")
    assert places(ran.out) == [
        ("b.md", "own/zebra", 1),
        ("b.md", "own/lemur", 3),
        ("c.md", "own/lemur", 1),
    ]
    assert ran.code == 1
    assert ran.err.startswith("2 articles changed since HEAD (")
    ran = run(*CHECK, "--since", "HEAD", "--changed-lines")
    assert places(ran.out) == [("b.md", "own/lemur", 3), ("c.md", "own/lemur", 1)]
    assert ran.code == 0
    assert places(run(*CHECK, "--since", "HEAD", "c.md").out) == [("c.md", "own/lemur", 1)]


def test_nothing_changed_is_said_and_no_failure(home, run, git):
    commit(git, {"a.md": "A zebra.\n"})
    ran = run("check", "--since", "main")
    assert (ran.code, ran.out) == (0, "")
    assert ran.err.startswith("0 articles changed since main (")


def test_a_line_that_only_moved_is_not_changed(home, run, git):
    commit(git, {"a.md": "One.\n\nA zebra.\n\nA lemur.\n"})
    put("a.md", "One.\n\nMore.\n\nA zebra.\n\nA lemur!\n")
    ran = run(*CHECK, "--since", "main", "--changed-lines")
    assert places(ran.out) == [("a.md", "own/lemur", 7)]


def test_a_renamed_article_brings_its_old_findings_nowhere(home, run, git):
    text = "# Walks\n\nA zebra.\n\nSome words that make it long enough to be known again.\n"
    commit(git, {"a.md": text})
    git("mv", "a.md", "b.md")
    put("b.md", text + "\nA lemur.\n")
    ran = run(*CHECK, "--since", "main", "--changed-lines")
    assert places(ran.out) == [("b.md", "own/lemur", 7)]


SITE = {
    "articles/iron.md": "---\ntitle: Iron\nslug: iron\n---\n# Iron\n\n## Too much\n\nIt harms.\n",
    "articles/feet.md": "# Feet\n\nSee [iron](iron.md#too-much).\n\n[gone](gone.md)\n",
    "articles/hands.md": "# Hands\n\nHands have [nails](feet.md).\n",
}


@pytest.mark.parametrize("option", [["--since", "main"], ["--staged"]])
@pytest.mark.parametrize("how", [[], ["--changed-lines"]])
def test_a_renamed_heading_is_reported_where_a_link_needs_it(home, run, git, option, how):
    put("cramplint.toml", "")
    commit(git, SITE)
    put("articles/iron.md", SITE["articles/iron.md"].replace("Too much", "Overdose"))
    git("add", "-A")
    ran = run(*CHECK, *LINKS, *option, *how)
    assert places(ran.out) == [("articles/feet.md", "links/internal-anchor", 3)]
    assert ran.code == 1
    assert "1 article changed since" in ran.err
    assert "brought findings to 1 more" in ran.err


def test_a_removed_and_a_renamed_article_are_reported_where_links_need_them(home, run, git):
    put("cramplint.toml", "")
    commit(git, SITE)
    git("rm", "-q", "articles/iron.md")
    ran = run(*CHECK, *LINKS, "--since", "main", "--changed-lines")
    assert places(ran.out) == [("articles/feet.md", "links/related-broken", 3)]
    git("reset", "-q", "--hard")
    git("mv", "articles/feet.md", "articles/toes.md")
    ran = run(*CHECK, *LINKS, "--since", "main", "--changed-lines", "articles/toes.md")
    assert places(ran.out) == [("articles/hands.md", "links/related-broken", 3)]


def test_a_change_that_breaks_another_line_of_its_own_article_is_told(home, run, git):
    put("cramplint.toml", "")
    text = "# Iron\n\nSee [harm](#too-much).\n\n## Too much\n\nIt harms.\n"
    commit(git, {"articles/iron.md": text})
    put("articles/iron.md", text.replace("## Too much", "## Overdose"))
    ran = run(*CHECK, *LINKS, "--since", "main", "--changed-lines")
    assert places(ran.out) == [("articles/iron.md", "links/internal-anchor", 3)]


def test_what_is_staged_is_judged_not_what_is_on_disk(home, run, git):
    commit(git, {"a.md": "Calm.\n", "b.md": "Calm.\n"})
    put("a.md", "A zebra.\n")
    git("add", "a.md")
    put("a.md", "Calm again.\n")
    put("b.md", "A zebra that is not staged.\n")
    put("c.md", "A zebra that git does not know.\n")
    assert places(run(*CHECK, "--staged").out) == [("a.md", "own/zebra", 1)]
    assert places(run(*CHECK, "--staged", "a.md", "b.md").out) == [("a.md", "own/zebra", 1)]
    Path("a.md").unlink()
    ran = run(*CHECK, "--staged")
    assert ran.code == 2
    assert "a.md: is staged, and not in the work tree (put it back, or unstage it)" in ran.err


def test_a_link_to_a_page_that_is_not_staged_is_broken(home, run, git):
    put("cramplint.toml", "")
    commit(git, SITE)
    put("articles/new.md", "# New\n\nWords.\n")
    put("articles/hands.md", "# Hands\n\n[new](new.md)\n")
    git("add", "articles/hands.md")
    ran = run(*CHECK, *LINKS, "--staged")
    assert places(ran.out) == [("articles/hands.md", "links/related-broken", 3)]
    git("add", "articles/new.md")
    assert run(*CHECK, *LINKS, "--staged").code == 0


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (["--changed-lines"], "changed since when?"),
        (["--since", "main", "--staged"], "one goes without the other"),
        (["--staged", "--fix"], "what is staged"),
        (["--since", "main", "--changed-lines", "--fix"], "whole articles"),
        (["--since", "main", "--changed-lines", "--write-baseline", "b"], "whole articles"),
        (["--since", "mian"], "no commit is called mian (did you mean main?)"),
        (["--since", "--fix"], "names no commit"),
        (["-", "--stdin-filename", "x.md", "--staged"], "no history"),
    ],
)
def test_what_does_not_go_together_is_refused(home, run, git, words, said):
    commit(git, {"a.md": "A zebra.\n"})
    ran = run("check", *words)
    assert (ran.code, ran.out) == (2, "")
    assert said in ran.err


def test_outside_a_repository_it_is_told(home, run, monkeypatch):
    monkeypatch.setenv("GIT_CEILING_DIRECTORIES", str(home.parent))
    put("a.md", "A zebra.\n")
    ran = run("check", "--since", "main")
    assert ran.code == 2
    assert ran.err == (
        "error: --since: this is no git repository (run it in one, or leave the option out)\n"
    )


# ---- a corpus as large as a team's


WORDS = "Calf muscles may tighten at night and rest often helps them to settle again"


def article(number: int) -> str:
    """A page that has two findings of its own and links to its neighbours."""
    near = "".join(f"See [page {n}](page-{n % 1000}.md).\n" for n in (number + 1, number + 7))
    return f"---\ntitle: Page {number}\n---\n# Page {number}\n\nA zebra, a lemur.\n\n{WORDS}.\n\n{near}"


def test_one_word_in_a_thousand_articles(home, run, git, monkeypatch):
    """With a baseline the new finding is reported and nothing else; with --since nothing is judged
    that did not change, nor parsed that was read before."""
    monkeypatch.setenv("CRAMPLINT_CACHE_DIR", str(home / ".cache"))
    config = Path("cramplint.toml").read_text("utf-8").replace('["own/*"]', '["own/*", "links/*"]')
    put("cramplint.toml", 'paths = ["articles"]\n' + config)
    put(".gitignore", ".cache/\n")
    commit(git, {f"articles/page-{n}.md": article(n) for n in range(1000)})
    judged: list[str] = []
    parsed: list[str] = []

    def judge(article, *rest, **more):
        judged.append(article.source.name)
        return real_judge(article, *rest, **more)

    def parse(source):
        parsed.append(source.name)
        return real_parse(source)

    real_judge, real_parse = cramplint.judging.judge, cramplint.corpus.parse
    monkeypatch.setattr(cramplint.judging, "judge", judge)
    monkeypatch.setattr(cramplint.corpus, "parse", parse)
    monkeypatch.setattr(cramplint.parse, "parse", parse)
    ran = run("check", "--jobs", "1", "--write-baseline", "known.json")
    assert ran.err == "2000 findings of 1000 files written to known.json\n"
    assert len(judged) == len(set(parsed)) == 1000

    changed = "articles/page-500.md"
    put(changed, article(500).replace("Calf", "Zebra"))
    ran = run(*CHECK, "--baseline", "known.json")
    assert places(ran.out) == [(changed, "own/zebra", 8)]
    assert ran.err == "2000 known findings left out, by known.json\n"

    run(*CHECK, "--since", "main")  # keeps what the links of the others need
    judged.clear()
    parsed.clear()
    ran = run(*CHECK, "--since", "main", "--baseline", "known.json")
    assert places(ran.out) == [(changed, "own/zebra", 8)]
    assert judged == parsed == [changed]
    ran = run(*CHECK, "--since", "main", "--changed-lines")
    assert places(ran.out) == [(changed, "own/zebra", 8)]


def test_files_that_did_not_change_are_not_listed(home, run, git):
    commit(git, {"a.md": "A zebra.\n", "b.md": "A zebra.\n", ".gitignore": "drop.md\n"})
    put("b.md", "Calm.\n")
    put("drop.md", "Calm.\n")
    ran = run("check", "--show-files", "--since", "main", "-v", "a.md", "b.md")
    assert ran.out == "b.md\n"
    assert ran.err.startswith("a.md: unchanged since main (")
    assert "drop.md: git-ignored\n" in run("check", "--show-files", "-v").err
