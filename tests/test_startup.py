"""What `check` of one clean file may load. Most of the time of a hook is loading modules."""

from __future__ import annotations

import os
import subprocess
import sys
from importlib.metadata import packages_distributions
from pathlib import Path

import pytest

CLEAN = "---\ntitle: A day out\ntype: news\n---\n\nWe all went to a café by the sea. It was a fine day.\n"
QUIET = ("--ignore", "prose/*,readability/*")
PROBE = """
import sys
from cramplint.cli import main
try:
    main()
finally:
    print(*sorted(sys.modules), file=open("modules.txt", "w"))
"""

# What no check of a clean file needs: terminals, templates, networks, many processes, and the slow
# libraries of rules that are off.
NEVER = {
    "rich", "jinja2", "markupsafe", "nh3", "textstat", "nltk", "pyphen", "proselint", "re2", "ftfy",
    "rapidfuzz", "requests", "urllib3", "asyncio", "multiprocessing", "concurrent", "http",
    "email", "ssl", "socket", "xml", "importlib.metadata", "unittest", "pdb",
}  # fmt: skip


def loaded(tmp_path: Path, *asked: str) -> set[str]:
    """The modules that were loaded by a check of the clean file, in a process of its own."""
    (tmp_path / "clean.md").write_text(CLEAN, "utf-8")
    done = subprocess.run(
        [
            sys.executable,
            "-c",
            PROBE,
            "check",
            "--isolated",
            "--today",
            "2026-01-01",
            *asked,
            "clean.md",
        ],
        cwd=tmp_path,
        env={**os.environ, "CRAMPLINT_CACHE_DIR": str(tmp_path / "kept")},
        capture_output=True,
        text=True,
    )
    assert done.returncode == 0, done.stdout + done.stderr
    modules = set((tmp_path / "modules.txt").read_text("utf-8").split())
    assert "cramplint.check" in modules or "cramplint.cache" in modules
    return modules


@pytest.fixture(scope="module")
def cold(tmp_path_factory: pytest.TempPathFactory) -> set[str]:
    return loaded(tmp_path_factory.mktemp("cold"), *QUIET)


@pytest.fixture(scope="module")
def seen(tmp_path_factory: pytest.TempPathFactory) -> set[str]:
    folder = tmp_path_factory.mktemp("seen")
    loaded(folder, *QUIET)
    return loaded(folder, *QUIET)


def needless(modules: set[str]) -> set[str]:
    return {name for name in modules if {name, name.partition(".")[0]} & NEVER}


def installed(modules: set[str]) -> set[str]:
    """The packages among them that pip installed, without what Python loads by itself."""
    bare = subprocess.run(
        [sys.executable, "-c", "import sys; print(*sys.modules)"],
        capture_output=True,
        text=True,
        check=True,
    )
    packages = {name.partition(".")[0] for name in modules - set(bare.stdout.split())}
    known = packages & packages_distributions().keys() - {"cramplint"}
    return {name for name in known if not name.startswith("_") and name != "cython_runtime"}


def test_a_clean_file_loads_few_packages_and_nothing_needless(cold: set[str]) -> None:
    assert installed(cold) <= {"click", "pyromark", "sentencex", "yaml"}
    assert needless(cold) == set()


def test_a_clean_file_that_was_seen_before_loads_less(seen: set[str], cold: set[str]) -> None:
    assert installed(seen) <= {"click", "pyromark"}
    assert needless(seen) == set()
    assert seen <= cold


INTERRUPTED = """
import os, signal, sys
class Interrupts:
    def find_spec(self, name, path, target=None):
        if name == sys.argv[1]:
            os.kill(os.getpid(), signal.SIGINT)
signal.signal(signal.SIGINT, signal.default_int_handler)
sys.meta_path.insert(0, Interrupts())
from cramplint.cli import main
main()
"""


@pytest.mark.skipif(os.name == "nt", reason="an interrupt is no signal there")
@pytest.mark.parametrize(
    "module", ["contextlib", "click", "cramplint.model", "cramplint.cli.app", "cramplint.pages"]
)
def test_an_interrupt_while_modules_load_ends_in_order(tmp_path: Path, module: str) -> None:
    (tmp_path / "clean.md").write_text(CLEAN, "utf-8")
    done = subprocess.run(
        [sys.executable, "-c", INTERRUPTED.replace("sys.argv[1]", repr(module)), "check", "."],
        cwd=tmp_path,
        capture_output=True,
        text=True,
    )
    assert (done.returncode, done.stdout, done.stderr.strip()) == (130, "", "")


def test_nothing_is_loaded_before_interrupts_are_caught() -> None:
    probe = "import sys; old = {*sys.modules}; import cramplint.cli; print(*{*sys.modules} - old)"
    done = subprocess.run([sys.executable, "-c", probe], capture_output=True, text=True, check=True)
    assert {*done.stdout.split()} <= {"__future__", "cramplint", "cramplint.cli", "gc"}


def test_public_names_are_there() -> None:
    import cramplint

    assert all(getattr(cramplint, name) is not None for name in cramplint.__all__)
    with pytest.raises(AttributeError, match="no attribute 'nothing'"):
        cramplint.nothing  # noqa: B018 -- asking for it is the test
