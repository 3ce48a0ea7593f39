"""`cramplint check`: what it says, what it changes, how it exits."""

from __future__ import annotations

import json
import os
import pty
import re
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

Run = Callable[..., Any]

ZEBRA = "# Walks\n\nA zebra walks with a lemur.\n"
BULLETS = "# Calm legs\n\nIt helps to rest:\n\n-\nthe calves\n-\nthe feet\n"


def put(folder: Path, name: str, text: str = ZEBRA) -> Path:
    file = folder / name
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_bytes(text.encode())
    return file


def findings(out: str) -> list[tuple[str, str, str]]:
    return [(f["path"], f["rule"], f["severity"]) for f in json.loads(out)["findings"]]


# ---- what is said, and the exit code


def test_findings_go_to_stdout_and_fail(home: Path, run: Run) -> None:
    put(home, "a.md")
    ran = run("check", "a.md")
    assert ran.code == 1
    assert ran.out == (
        "a.md\n"
        '  3:3  error  "zebra" is an animal\n'
        "    3 | A zebra walks with a lemur.\n"
        "      |   ^^^^^\n"
        "    own/zebra  Take it out.\n"
        '  3:22  note  "lemur" is an animal\n'
        "    3 | A zebra walks with a lemur.\n"
        "      |                      ^^^^^\n"
        "    own/lemur  Take it out.\n"
        "\n"
        "1 file: 1 error, 1 note\n"
    )
    assert ran.err == ""


@pytest.mark.parametrize("more", [(), ("--diff",)])
def test_an_article_with_more_findings_than_anybody_reads_is_refused(
    home: Path, run: Run, more: tuple[str, ...]
) -> None:
    put(home, "a.md", "Some steps.\n\nA step\u200b.\n")
    put(home, "b.md", "step\u200bs " * 50_001)
    ran = run("check", "a.md", "b.md", "--select", "artifact/encoding", *more)
    assert ran.code == 2
    assert ran.err.count("b.md: has more than 50,000 findings, the last of artifact/encoding") == 1
    assert "a.md" in ran.out


def test_a_clean_file_passes(home: Path, run: Run) -> None:
    put(home, "a.md", "Nobody.\n")
    assert run("check", "a.md") == (0, "1 file: nothing found\n", "")
    assert run("check", "-q", "a.md") == (0, "", "")
    put(home, "a.md")
    ran = run("check", "-q", "a.md")
    assert ran.out.endswith("own/lemur  Take it out.\n\n")


@pytest.mark.parametrize(
    ("options", "code"),
    [
        (["--fail-on", "error"], 1),
        (["--fail-on", "never"], 0),
        (["--exit-zero"], 0),
        (["--ignore", "own/zebra"], 0),
        (["--ignore", "own/zebra", "--fail-on", "note"], 1),
        (["--ignore", "own/zebra", "--fail-on", "warning"], 0),
        (["--ignore", "own/zebra,own/lemur", "--fail-on", "note"], 0),
        (["--select", "own/lemur"], 0),
        (["--select", "own/lemur", "--extend-select", "own/zebra"], 1),
        (["--severity", "own/zebra=warning"], 0),
        (["--severity", "own/*=off", "--fail-on", "note"], 0),
        (["--severity", "own/lemur=error", "--ignore", "own/zebra"], 1),
        (["--profile", "import"], 0),
        (["--statistics"], 1),
        (["--today", "2026-11-21", "--no-cache"], 1),
        (["--locale", "gb", "-v"], 1),
    ],
)
def test_options_decide_what_fails(home: Path, run: Run, options: list[str], code: int) -> None:
    put(home, "a.md")
    assert run("check", *options, "a.md").code == code


def test_the_configuration_decides_what_options_do_not(home: Path, run: Run) -> None:
    put(home, "a.md")
    put(
        home,
        "cramplint.toml",
        'rule-paths = ["own"]\nselect = ["own/lemur"]\nfail-on = "note"\n'
        'output-format = "concise"\n'
        'severity = {"own/lemur" = "warning"}\n',
    )
    ran = run("check", "a.md")
    assert ran == (1, 'a.md:3:22: warning own/lemur "lemur" is an animal\n', "")
    assert run("check", "--fail-on", "error", "a.md").code == 0
    assert run("check", "--isolated", "--select", "artifact/*", "a.md").code == 0
    put(home, "other/x.toml", "")
    assert "own/lemur" not in run("check", "--config", "other/x.toml", "a.md").out


def test_statistics_replace_the_places(home: Path, run: Run) -> None:
    put(home, "a.md", "A zebra. A zebra. A lemur.")
    out = run("check", "--statistics", "a.md").out
    assert out.splitlines()[:2] == ["     2  error    own/zebra", "     1  note     own/lemur"]


def test_json_and_jsonl_are_one_document_and_one_line_each(home: Path, run: Run) -> None:
    put(home, "b.md")
    put(home, "a.txt", "A zebra.")
    out = run("check", "--output-format", "json", "b.md", "a.txt").out
    assert findings(out) == [
        ("a.txt", "own/zebra", "error"),
        ("b.md", "own/zebra", "error"),
        ("b.md", "own/lemur", "note"),
    ]
    assert json.loads(out)["summary"]["files"] == 2
    lines = run("check", "--output-format", "jsonl", "a.txt", "b.md").out.splitlines()
    assert [json.loads(line)["path"] for line in lines] == ["a.txt", "b.md", "b.md"]


def test_several_formats_go_to_several_places(home: Path, run: Run) -> None:
    put(home, "a.md")
    ran = run("check", "--output-format", "json=out.json", "--output-format", "concise", "a.md")
    assert len(ran.out.splitlines()) == 2
    assert len(findings((home / "out.json").read_text("utf-8"))) == 2
    both = run("check", "--output-format", "json=out.json", "a.md")
    assert both.out.endswith("1 file: 1 error, 1 note\n")


def test_suppressed_findings_are_counted_and_pass(home: Path, run: Run) -> None:
    comment = "<!-- cramplint-disable-next-line own/* -- a tale -->"
    put(home, "a.md", f"# Walks\n\n{comment}\nA zebra walks.\n")
    assert run("check", "a.md") == (0, "1 file: nothing found; 1 suppressed\n", "")


def test_color_is_a_choice_before_it_is_a_guess(
    home: Path, run: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    put(home, "a.md")
    assert "\x1b" not in run("check", "a.md").out
    assert "\x1b[" in run("check", "--color", "always", "a.md").out
    monkeypatch.setenv("FORCE_COLOR", "1")
    assert "\x1b[" in run("check", "a.md").out
    monkeypatch.setenv("NO_COLOR", "1")
    assert "\x1b" not in run("check", "a.md").out
    assert "\x1b" not in run("check", "--color", "never", "a.md").out


# ---- paths


def test_without_a_path_the_usual_places_are_checked(home: Path, run: Run) -> None:
    put(home, "b.md")
    assert "b.md" in run("check").out
    put(home, "articles/a.md")
    out = run("check", "--output-format", "json").out
    assert [f["path"] for f in json.loads(out)["files"]] == ["articles/a.md"]
    put(home, "more/c.md")
    put(home, "cramplint.toml", 'rule-paths = ["own"]\nselect = ["own/*"]\npaths = ["more"]\n')
    out = run("check", "--output-format", "json").out
    assert [f["path"] for f in json.loads(out)["files"]] == ["more/c.md"]


def test_nothing_to_check_is_said_with_the_reason(home: Path, run: Run) -> None:
    (home / "empty").mkdir()
    ran = run("check", "empty")
    assert ran.code == 0
    assert "nothing was checked: no .md" in ran.err
    assert "empty" in ran.err


def test_a_single_file_is_judged_against_its_site(home: Path, run: Run) -> None:
    front = "---\ntitle: {}\ntype: article\nlang: en\n---\n\n"
    put(home, "articles/cramps.md", front.format("Cramps") + "Read [sleep](sleep.md).\n")
    broken = ["check", "--select", "links/*", "--output-format", "concise", "articles/cramps.md"]
    assert "links/related-broken" in run(*broken).out
    put(home, "articles/sleep.md", front.format("Sleep") + "Sleep well. A zebra.\n")
    assert run(*broken).out == ""


def test_standard_input_has_a_name(home: Path, run: Run) -> None:
    ran = run("check", "-", "--stdin-filename", "articles/new.md", stdin=ZEBRA.encode())
    assert (ran.code, ran.out.splitlines()[0]) == (1, "articles/new.md")
    assert not (home / "articles").exists()
    fixed = run(
        *("check", "--fix", "--select", "artifact/bare-bullet", "-", "--stdin-filename", "a.md"),
        stdin=BULLETS.replace("\n", "\r\n").encode(),
    )
    assert fixed.code == 0
    assert "- the calves" in fixed.out
    assert "1 file: nothing found" in fixed.err


@pytest.mark.parametrize(
    ("args", "said"),
    [
        (["articles/gone.md"], "articles/gone.md: there is no such file or folder"),
        (["wals.md"], "did you mean walks.md?"),
        (["page.html"], "is of no kind that is checked"),
        (["-"], "--stdin-filename"),
        (["-", "--stdin-filename", "a.html"], "no kind that is checked"),
        (["--select", "own/zebr"], "did you mean own/zebra?"),
        (["--ignore", "artifact/lost-list"], "did you mean artifact/list-lost?"),
        (["--extend-select", "nope/*"], "no rule is called nope/*"),
        (["--severity", "own/zebra=fatal"], "is no ID=LEVEL"),
        (["--severity", "own/zebbra=note"], "did you mean own/zebra?"),
        (["--output-format", "xml"], "known: text, concise, json, jsonl"),
        (["--output-format", "json", "--output-format", "text"], "two output formats"),
        (["--output-format", "json=no/where.json"], "no/where.json: cannot be written"),
        (["--profile", "lax"], "there is no 'lax'; known: writer"),
        (["--today", "tomorrow"], "is no date"),
        (["--config", "gone.toml"], "gone.toml: cannot be read"),
        (["--fixx"], "No such option"),
    ],
)
def test_what_is_asked_wrongly_is_one_message_and_2(
    home: Path, run: Run, args: list[str], said: str
) -> None:
    put(home, "walks.md")
    put(home, "page.html")
    ran = run("check", *args, *([] if args[0][0] != "-" or args[0] == "-" else ["walks.md"]))
    assert ran.code == 2
    assert said in ran.err
    assert ran.err.startswith("error: ")
    assert "Traceback" not in ran.err


def test_a_bad_configuration_is_named_with_its_line(home: Path, run: Run) -> None:
    put(home, "cramplint.toml", "\nfail_on = 3\n")
    ran = run("check", ".")
    assert (ran.code, ran.out) == (2, "")
    assert re.search(
        r"cramplint\.toml:2: there is no setting 'fail_on' \(did you mean fail-on\?\)", ran.err
    )


def test_one_bad_file_does_not_hide_the_others(home: Path, run: Run) -> None:
    put(home, "a.md")
    (home / "b.md").write_bytes(b"caf\xe9")
    put(home, "c.md", "---\ntitle: [\n---\n\nA zebra.\n")
    ran = run("check", "--output-format", "concise", "a.md", "b.md", "c.md")
    assert ran.code == 2
    assert [line.split(":")[0] for line in ran.out.splitlines()] == ["a.md", "a.md"]
    assert "b.md:1: is not UTF-8" in ran.err
    assert re.search(r"c\.md:\d: ", ran.err)


def test_a_fault_of_ours_is_one_line(home: Path, run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    put(home, "a.md")

    def broken(*_: object, **__: object) -> object:
        raise RuntimeError("x\n::error::\x1b[2J")

    monkeypatch.setattr("cramplint.judging.judge", broken)
    ran = run("check", "a.md")
    assert ran.code == 2
    assert ran.err.startswith("internal error: RuntimeError: x\\n::error::\\x1b[2J (please report")
    assert ran.err.count("\n") == 1
    monkeypatch.setattr(
        "cramplint.judging.judge", lambda *_, **__: (_ for _ in ()).throw(KeyboardInterrupt)
    )
    assert run("check", "a.md").code == 130


def test_names_and_words_drive_no_terminal(home: Path, run: Run) -> None:
    name = "x\n::error::\u202e.md"
    put(home, name, "A zebra \x1b[31m red\n")
    put(home, "##[error]y.md", "caf\ufffd zebra")
    (home / "z\x1b[2J.md").write_bytes(b"\xff")
    ran = run("check", ".")
    for said in (ran.out, ran.err):
        assert not re.search(r"[\x00-\x09\x0b-\x1f\u202e]|##\[|^\s*::", said, re.MULTILINE)
    assert "x\\n::error::\\u202e.md" in ran.out
    assert "z\\x1b[2J.md" in ran.err


# ---- mending


FIX = ("--select", "artifact/bare-bullet")


def test_fix_writes_and_a_second_run_changes_nothing(home: Path, run: Run) -> None:
    file = put(home, "a.md", BULLETS)
    file.chmod(0o640)
    assert run("check", *FIX, "a.md").out.count("artifact/bare-bullet") == 2
    ran = run("check", "--fix", *FIX, "a.md")
    assert (ran.code, ran.out, ran.err) == (0, "1 file: nothing found\n", "1 file mended\n")
    mended = file.read_text("utf-8")
    assert "- the calves\n- the feet\n" in mended
    assert file.stat().st_mode & 0o777 == 0o640
    again = run("check", "--fix", *FIX, "a.md")
    assert again.err == ""
    assert file.read_text("utf-8") == mended


def test_fix_keeps_line_ends_and_byte_order_mark(home: Path, run: Run) -> None:
    file = home / "a.md"
    file.write_bytes(b"\xef\xbb\xbf" + BULLETS.replace("\n", "\r\n").encode())
    assert run("check", "--fix", *FIX, "a.md").code == 0
    data = file.read_bytes()
    assert data.startswith(b"\xef\xbb\xbf# Calm")
    assert b"- the calves\r\n- the feet\r\n" in data
    assert data.count(b"\n") == data.count(b"\r\n")


def test_diff_shows_and_writes_nothing(home: Path, run: Run) -> None:
    file = put(home, "a.md", BULLETS)
    put(home, "b.md", "Nothing.\n")
    ran = run("check", "--diff", *FIX, "--fail-on", "never", "a.md", "b.md")
    assert ran.code == 1
    assert ran.err == "1 file would be mended\n"
    assert file.read_text("utf-8") == BULLETS
    patch = subprocess.run(["patch", "-p0"], input=ran.out, text=True, capture_output=True)
    assert patch.returncode == 0, patch.stdout
    assert "- the calves\n- the feet\n" in file.read_text("utf-8")
    assert run("check", "--diff", *FIX, "a.md", "b.md") == (0, "", "")


def test_nothing_is_written_unless_asked(home: Path, run: Run) -> None:
    file = put(home, "a.md", BULLETS)
    before = file.stat().st_mtime_ns, sorted(os.listdir(home))
    run("check", *FIX, "a.md")
    assert (file.stat().st_mtime_ns, sorted(os.listdir(home))) == before


# ---- starting up


HEAVY = {"rich", "jinja2", "nh3", "rapidfuzz", "ftfy", "pathspec", "pygments", "markdown_it"}


def test_checking_one_file_loads_nothing_heavy(home: Path) -> None:
    put(home, "a.md", "---\ntitle: A day out\ntype: news\n---\n\nWe went out.\n")
    script = (
        "import sys\n"
        "sys.argv = ['cramplint', 'check', '--isolated', 'a.md']\n"
        "from cramplint.cli import main\n"
        "try:\n    main()\n"
        "except SystemExit:\n    pass\n"
        "print(*sys.modules, file=sys.stderr)\n"
    )
    done = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True)
    loaded = set(done.stderr.split())
    assert "cramplint.check" in loaded, done.stderr
    assert "1 file" in done.stdout
    assert loaded & HEAVY == set()


def test_a_reader_who_leaves_is_no_error(home: Path) -> None:
    put(home, "a.md", "A zebra.\n\n" * 9000)
    command = f"'{sys.executable}' -m cramplint check --output-format concise a.md | head -1"
    done = subprocess.run(["bash", "-c", command], capture_output=True, text=True)
    first = 'a.md:1:3: error own/zebra "zebra" is an animal\n'
    assert (done.stdout, done.stderr) == (first, "")


def test_a_full_disk_is_told(home: Path) -> None:
    put(home, "a.md")
    with open("/dev/full", "w") as full:
        done = subprocess.run(
            [sys.executable, "-m", "cramplint", "check", "a.md"], stdout=full, stderr=-1, text=True
        )
    assert done.returncode == 2
    assert done.stderr == "error: output: No space left on device\n"


@pytest.mark.parametrize(
    ("closed", "args", "code", "told"),
    [
        (">&-", "check a.md", 2, "error: output: Bad file descriptor\n"),
        ("2>&-", "check a.md", 1, ""),
        ("<&-", "check a.md", 1, ""),
        ("<&-", "check - --stdin-filename b.md", 2, "error: -: standard input is closed "),
        ("<&-", "init", 0, ""),
        ("<&- >&- 2>&-", "check a.md", 2, ""),
    ],
)
def test_a_stream_may_be_closed_from_the_start(
    home: Path, closed: str, args: str, code: int, told: str
) -> None:
    put(home, "a.md")
    command = f"'{sys.executable}' -m cramplint {args} {closed}"
    done = subprocess.run(["bash", "-c", command], capture_output=True, text=True)
    assert done.returncode == code, done.stderr
    assert done.stderr.startswith(told)
    assert "internal" not in done.stderr
    assert (home / "a.md").read_text() == ZEBRA


def test_what_is_piped_is_utf_8_and_a_poor_terminal_is_enough(home: Path) -> None:
    put(home, "a.md", "\u2192 A zebra \u00e9.\n")
    command = [sys.executable, "-m", "cramplint", "check", "a.md"]
    env = {**os.environ, "PYTHONIOENCODING": "latin-1", "COLUMNS": "abc", "TERM": "dumb"}
    done = subprocess.run(command, env=env, capture_output=True)
    assert done.returncode == 1
    assert "1 | \u2192 A zebra \u00e9." in done.stdout.decode("utf-8")
    main, end = pty.openpty()
    assert subprocess.run(command, env={**env, "NO_COLOR": "1"}, stdout=end).returncode == 1
    os.close(end)
    assert b"1 | \\u2192 A zebra \xe9." in os.read(main, 65536)
    os.close(main)


def test_hooks_name_files_that_are_no_articles(home, run):
    (home / "cramplint.toml").write_text(
        'select = ["own/*"]\nrule-paths = ["own"]\nexclude = ["b.md"]\n'
    )
    for name in ("a.md", "b.md", "LICENSE"):
        (home / name).write_text("A zebra.\n", "utf-8")
    done = run("check", "--force-exclude", "--output-format=concise", "a.md", "b.md", "LICENSE")
    assert (done.code, done.out.count('zebra"')) == (1, 1)
    assert done.out.startswith("a.md:")
    left = run("check", "--force-exclude", "b.md", "LICENSE")
    assert left.code == 0
    assert "nothing was checked" in left.err
    assert run("check", "LICENSE").code == 2


# ---- which files


def test_the_files_that_would_be_checked_are_listed_and_none_is_read(home: Path, run: Run) -> None:
    for name in ("b.md", "a/x\ny.txt", "a/::error::.md", "drop/c.md", ".hidden.md", "kept.py"):
        put(home, name, "\xff")
    put(home, ".venv/d.md")
    (home / "cramplint.toml").write_text('exclude = ["drop/"]\n', "utf-8")
    outside = home.parent / f"{home.name}-outside.md"
    outside.write_text("x", "utf-8")
    (home / "link.md").symlink_to(outside)
    ran = run("check", "--show-files")
    listed = "a/::error::.md\na/x\\ny.txt\nb.md\nown/own/lemur.md\nown/own/zebra.md\n"
    assert ran == (0, listed, "")
    assert run("check", "--show-files", "-v", ".").err.splitlines() == [
        ".hidden.md: hidden",
        ".venv/: not entered",
        "drop/c.md: excluded",
        "link.md: a link out of the folder",
    ]
    assert run("check", "--show-files", "b.md").out == "b.md\n"
    assert run("check", "--show-files", "-", "--stdin-filename", "x.md").code == 2
