"""What a person sees while the work goes on."""

from __future__ import annotations

import io

import pytest

from cramplint.cli.terminal import along


class Watched(io.StringIO):
    def isatty(self):
        return True


@pytest.mark.parametrize(
    ("many", "quiet", "bar"), [(100, False, True), (100, True, False), (3, False, False)]
)
def test_a_bar_shows_long_work_to_who_watches(monkeypatch, many, quiet, bar):
    stream = Watched()
    monkeypatch.setattr("sys.stderr", stream)
    assert list(along(range(many), "Checking", quiet=quiet)) == list(range(many))
    assert ("Checking" in stream.getvalue()) == bar


def test_nobody_watches_a_file(monkeypatch):
    stream = io.StringIO()
    monkeypatch.setattr("sys.stderr", stream)
    assert list(along(range(100), "Checking", quiet=False)) == list(range(100))
    assert stream.getvalue() == ""


def test_a_terminal_that_is_closed_meanwhile_stops_nothing(monkeypatch):
    class Closed(io.StringIO):
        def isatty(self):
            return True

        def write(self, text):
            raise OSError(5, "Input/output error")

    monkeypatch.setattr("sys.stderr", Closed())
    assert list(along(range(100), "Writing", quiet=False)) == list(range(100))
