"""The command line. Here is the one boundary where errors become messages and exit codes."""

from __future__ import annotations

import gc
import os
import sys

TYPE_CHECKING = False  # as type checkers know it: `typing` is slow to load
if TYPE_CHECKING:
    from typing import NoReturn


def main() -> NoReturn:
    """Run `cramplint` with the arguments of the process, and exit.

    0: nothing at or above --fail-on; 1: findings; 2: any error; 130, 143, 129: interrupted, ended,
    hung up.
    """
    try:
        # A run is short: looking for cycles while modules load costs more than it frees.
        gc.set_threshold(100_000)
        _end_in_order()
        _occupy()
        code = _run()
    except KeyboardInterrupt:
        code = 130
    except BrokenPipeError:  # nobody reads on, so nobody need be told
        code = 2
        _silence()
    except Exception as error:
        if os.environ.get("CRAMPLINT_DEBUG"):
            raise
        code = 2
        _confess(error)
    gc.freeze()  # nor does it pay at the end, when all goes anyway
    sys.exit(code)


def _end_in_order() -> None:
    """Let the signals that end a process end it as an interrupt does, so that drafts are removed.
    One that is ignored (nohup) stays so."""
    import contextlib  # here as in `_run`: an interrupt ends this too
    import signal

    for name in ("SIGTERM", "SIGHUP"):
        number = getattr(signal, name, None)
        if number and signal.getsignal(number) == signal.SIG_DFL:
            with contextlib.suppress(ValueError):  # in no thread but the first
                signal.signal(number, lambda number, frame: sys.exit(128 + number))


def _occupy() -> None:
    """Let what was closed before the start lead nowhere: the next file that is opened, an article
    or what is kept, would take its number, and be written to. Results that nobody can read are an
    error; messages are not."""
    if sys.stdin is None:
        os.open(os.devnull, os.O_RDONLY)
    if sys.stdout is None:
        # Opened for reading, so that writing to it fails. Both stay open to the end of the run.
        sys.stdout = open(os.open(os.devnull, os.O_RDONLY), "w", encoding="utf-8")  # noqa: SIM115
    if sys.stderr is None:
        sys.stderr = open(os.devnull, "w", encoding="utf-8")  # noqa: SIM115 -- stays open


def _run() -> int:
    # Imported in here, so that an interrupt or a fault while modules load ends in a message too.
    import click

    from ..model import CrampError
    from .app import app
    from .terminal import tell

    for stream in (sys.stdout, sys.stderr):
        reconfigure = getattr(stream, "reconfigure", None)
        if reconfigure:  # a character that a terminal lacks is written out; files get UTF-8
            encoding = stream.encoding if stream.isatty() else "utf-8"
            reconfigure(encoding=encoding, errors="backslashreplace")
    try:
        code = app.main(prog_name="cramplint", standalone_mode=False)
        sys.stdout.flush()
    except click.exceptions.NoArgsIsHelpError as error:
        error.show()
        return 2
    except click.ClickException as error:
        context = getattr(error, "ctx", None)
        more = f" (see {context.command_path} --help)" if context else ""
        tell(f"error: {error.format_message().rstrip('.')}{more}")
        return 2
    except click.Abort:
        return 130
    except CrampError as error:
        tell(f"error: {error}")
        return 2
    return code if isinstance(code, int) else 0


def _confess(error: Exception) -> None:
    """One line on standard error, if there still is one. A full disk is no fault of ours."""
    import contextlib

    if isinstance(error, OSError):
        told = f"error: {error.filename or 'output'}: {error.strerror}"
    else:
        told = f"internal error: {type(error).__name__}: {error}"
        told += " (please report it; CRAMPLINT_DEBUG=1 shows where)"
    words = ascii(told)[1:-1].replace("##[", "# #[")
    with contextlib.suppress(OSError):
        print(words, file=sys.stderr)
    if isinstance(error, OSError):
        _silence()


def _silence() -> None:
    """What is still buffered has nowhere to go: let the interpreter flush it into nothing."""
    nothing = os.open(os.devnull, os.O_WRONLY)
    os.dup2(nothing, sys.stdout.fileno())
