"""What SECURITY.md promises is held by the tests that it names; and what runs touch, as they run."""

from __future__ import annotations

import ast
import json
import os
import re
import subprocess
import sys
from functools import cache
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
PROMISE = re.compile(
    r"^\*\*([A-Z]\d+)\.\*\* (.+?)\n\nHeld by:(.+?)(?=\n\n|\Z)", re.MULTILINE | re.DOTALL
)


@cache
def defined(file: str) -> frozenset[str]:
    tree = ast.parse((ROOT / "tests" / file).read_text("utf-8"))
    return frozenset(n.name for n in ast.walk(tree) if isinstance(n, ast.FunctionDef))


def test_every_promise_has_its_tests() -> None:
    text = (ROOT / "SECURITY.md").read_text("utf-8")
    promised = text.partition("## What is promised")[2].partition("\n## ")[0]
    promises = PROMISE.findall(promised)
    ids = re.findall(r"^\*\*([A-Z]\d+)\.", promised, re.MULTILINE)
    assert len(ids) > 10
    assert ids == [one for one, _, _ in promises], "a promise without the tests that hold it"
    assert len(set(ids)) == len(ids)
    for one, _, held in promises:
        named = re.findall(r"`([\w/]+\.py)::(test_\w+)`", held)
        assert named, one
        assert len(named) == held.count("`") // 2, f"{one} names something that is no test"
        for file, test in named:
            assert test in defined(file), f"{one} names {test}, which {file} does not have"


# -- what a run touches

WATCHED = """\
import json, os, sys
seen = []
def watch(event, args):
    if event == "open" and isinstance(args[0], str):
        seen.append([event, os.path.realpath(args[0]), "w" if args[2] & 3 else "r"])
    elif event == "subprocess.Popen":
        seen.append([event, os.path.basename(str(args[1][0])), ""])
    elif event.split(".")[0] in ("socket", "urllib", "http", "ftplib", "smtplib", "webbrowser"):
        seen.append([event, repr(args), ""])
    elif event in ("os.system", "os.exec", "os.posix_spawn", "os.fork", "ctypes.dlopen", "pty.spawn"):
        seen.append([event, repr(args), ""])
    elif event in ("os.rename", "os.remove", "os.mkdir", "os.symlink", "os.link", "os.chmod"):
        seen.append([event, os.path.realpath(args[0]), "w"])
    elif event == "exec" and getattr(args[0], "co_filename", "").startswith(os.getcwd()):
        seen.append([event, args[0].co_filename, ""])
from cramplint.cli import main
sys.addaudithook(watch)
log, sys.argv = sys.argv[1], ["cramplint", *sys.argv[2:]]
try:
    main()
finally:
    done = list(seen)
    open(log, "w").write(json.dumps(done))
"""
EVIL = """\
---
title: Leg cramps
related: [b, ../../secret, /etc/passwd, "https://evil.example/x.md"]
authors: [{name: A, url: "https://evil.example/"}]
---

# Leg cramps

![i](https://evil.example/i.png) ![s](../../secret.png) [s](../../secret.md) [p](/etc/passwd)
[f](file:///etc/passwd) <img src="//evil.example/x"> {% include "../../secret.md" %} {{ 7 * 7 }}

See your doctor if it hurts. Take 400 mg of magnesium daily. It is a calf cramp; rest it.
"""
RULE = """\
---
check: match
severity: note
message: '"{it}" is an animal'
advice: Take it out.
find: 'calf'
scope: any
---
# Calf

Words.

```bad
A ⟦calf⟧.
```
```good
Nobody.
```
"""
COMMANDS = {
    "check": ["check", "--output-format", "json", "--output-format", "sarif=out.sarif"],
    "check isolated": ["check", "--isolated", "articles"],
    "since": ["check", "--since", "HEAD"],
    "fix": ["check", "--fix", "--unsafe-fixes"],
    "publish": ["publish", "--out", "site", "--fail-on", "never"],
    "rule": ["rule", "--test", "own"],
    "config": ["config"],
}


def test_isolated_publishes_without_templates_baselines_and_pages_of_the_tree(
    tmp_path: Path,
) -> None:
    home = tmp_path / "repo"
    for name in ("articles", "own", "rules/tone"):
        (home / name).mkdir(parents=True)
    (home / "articles" / "a.md").write_text("# Cramps\n\nIt cures calf cramps.\n", "utf-8")
    (home / "own" / "page.css").write_text("body{color:crimson}", "utf-8")
    (home / "rules" / "tone" / "calf.md").write_text(RULE, "utf-8")
    (home / "known.json").write_text("no baseline at all", "utf-8")
    (home / "cramplint.toml").write_text(
        'template = "own"\nbaseline = "known.json"\nrule-paths = ["rules"]\n', "utf-8"
    )

    def ran(*words: str) -> subprocess.CompletedProcess[str]:
        env = {**os.environ, "PYTHONPATH": str(ROOT), "CRAMPLINT_CACHE_DIR": str(tmp_path / "c")}
        command = [sys.executable, "-m", "cramplint", *words]
        return subprocess.run(command, cwd=home, env=env, capture_output=True, encoding="utf-8")

    out = ("articles", "--fail-on", "never", "--out")
    assert ran("publish", *out, "theirs").returncode == 0
    assert ran("publish", "--isolated", *out, "ours").returncode == 0
    theirs, ours = (
        "".join(page.read_text("utf-8") for page in sorted((home / name).rglob("*.html")))
        for name in ("theirs", "ours")
    )
    assert "crimson" in theirs
    assert "Cramps" in ours
    assert "crimson" not in ours
    assert "known.json" in ran("check", "articles").stderr
    found = ran("check", "--isolated", "--output-format", "concise", "articles")
    assert found.returncode == 1
    assert "tone/calf" not in found.stdout
    assert "claim/cure" in found.stdout


@pytest.fixture
def repository(tmp_path: Path) -> Path:
    """A repository that tries to get out, run code and reach the network."""
    home = tmp_path / "home" / "repo"
    articles = home / "articles"
    articles.mkdir(parents=True)
    for secret in ("secret.md", "secret.png", "secret.toml"):
        (tmp_path / secret).write_text("A secret calf.\n", "utf-8")
        (tmp_path / "home" / secret).write_text("A secret calf.\n", "utf-8")
    for name in ("a.md", "b.md"):
        (articles / name).write_text(EVIL, "utf-8")
    (articles / "yaml.md").write_text('---\nx: !!python/object/apply:os.system ["true"]\n---\n')
    (articles / "link.md").symlink_to(tmp_path / "secret.md")
    (articles / "link.png").symlink_to(tmp_path / "secret.png")
    (articles / "out").symlink_to(tmp_path)
    for evil in ("click.py", "yaml.py", "sitecustomize.py", "conftest.py", "cramplint.py"):
        (home / evil).write_text("import os\nos.system('true')\n")
    (home / "own" / "own").mkdir(parents=True)
    (home / "own" / "own" / "calf.md").write_text(RULE, "utf-8")
    (home / "cramplint.toml").write_text('rule-paths = ["own"]\nsite-url = "https://evil.example"')
    run = ["git", "-c", "user.name=a", "-c", "user.email=a@example.org"]
    for words in (["init", "-q"], ["add", "-A"], ["commit", "-qm", "x"]):
        subprocess.run([*run, *words], cwd=home, check=True)
    for name, value in {
        "core.fsmonitor": "touch pwned",
        "diff.external": "touch pwned",
        "core.pager": "touch pwned",
        "filter.x.clean": "touch pwned",
    }.items():
        subprocess.run(["git", "config", name, value], cwd=home, check=True)
    (home / ".gitattributes").write_text("*.md filter=x diff=x\n")
    (articles / "a.md").write_text(EVIL + "More.\n", "utf-8")
    return home


@pytest.mark.skipif(sys.platform == "win32", reason="links and paths of POSIX")
@pytest.mark.parametrize("name", COMMANDS)
def test_a_run_reaches_no_network_runs_git_alone_and_stays_inside(
    repository: Path, tmp_path: Path, name: str
) -> None:
    log = tmp_path / "log.json"
    own = tmp_path / "cache"
    done = subprocess.run(
        [sys.executable, "-P", "-c", WATCHED, log, *COMMANDS[name]],
        cwd=repository,
        # Byte code that Python has yet to write beside the package is no doing of ours.
        env={
            **os.environ,
            "PYTHONPATH": str(ROOT),
            "PYTHONDONTWRITEBYTECODE": "1",
            "CRAMPLINT_CACHE_DIR": str(own),
        },
        capture_output=True,
        text=True,
        timeout=120,
    )
    assert done.returncode in (0, 1, 2), done.stderr
    assert "Traceback" not in done.stderr
    assert not list(tmp_path.rglob("pwned"))
    seen = json.loads(log.read_text("utf-8"))
    assert seen
    outside = {str(p) for p in tmp_path.rglob("secret.*")}
    for event, what, how in seen:
        if event in ("open", "os.rename", "os.remove", "os.mkdir", "os.chmod"):
            assert what not in outside, f"{event} {what}"
            inside = what.startswith((str(repository), str(own))) or what == os.devnull
            assert inside or how == "r", f"{event} {what}"
        elif event == "subprocess.Popen":
            assert what == "git"
        else:
            # The machine's own C libraries are part of the interpreter.
            assert event == "ctypes.dlopen", f"{event} {what}"
            assert str(repository) not in what
    written = {what for event, what, how in seen if event == "open" and how == "w"}
    if name in ("check isolated", "since", "rule", "config"):
        assert not [what for what in written if what.startswith(str(repository))]
    assert "secret calf" not in done.stdout + done.stderr
    site = repository / "site"
    published = [p for p in site.rglob("*") if p.is_file()] if site.exists() else []
    assert bool(published) == (name == "publish")
    assert not any(b"secret calf" in p.read_bytes() for p in published)
