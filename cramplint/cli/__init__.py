"""The command line. Here is the one boundary where errors become messages and exit codes."""

from __future__ import annotations

import os
import sys
from typing import NoReturn


def main() -> NoReturn:
    """Run `cramplint` with the arguments of the process, and exit.

    0: nothing at or above --fail-on; 1: findings; 2: any error; 130: interrupted.
    """
    sys.exit(_run())


def _run() -> int:
    # Imported in here, so that an interrupt while modules load ends quietly too.
    try:
        from ..model import CrampError
        from ..report.escape import inert, visible
        from .app import app
    except KeyboardInterrupt:
        return 130
    import click

    for stream in (sys.stdout, sys.stderr):
        reconfigure = getattr(stream, "reconfigure", None)
        if reconfigure:  # a character that the terminal lacks is written out, never an error
            reconfigure(errors="backslashreplace")

    def tell(words: str) -> None:
        click.echo(inert(f"error: {visible(words)}"), err=True)

    try:
        try:
            code = app.main(prog_name="cramplint", standalone_mode=False)
            sys.stdout.flush()
            return code if isinstance(code, int) else 0
        except click.ClickException as error:
            if isinstance(error, click.exceptions.NoArgsIsHelpError):
                error.show()
            else:
                context = getattr(error, "ctx", None)
                more = f" (see {context.command_path} --help)" if context else ""
                tell(error.format_message().rstrip(".") + more)
            return error.exit_code
        except (click.Abort, KeyboardInterrupt):
            return 130
        except CrampError as error:
            tell(str(error))
        except BrokenPipeError:
            _silence()
        except OSError as error:
            tell(f"{error.filename or 'standard output'}: {error.strerror or error}")
            _silence()
        except Exception as error:
            if os.environ.get("CRAMPLINT_DEBUG"):
                raise
            told = f"{type(error).__name__}: {error}"
            tell(f"internal error: {told} (please report it; CRAMPLINT_DEBUG=1 shows where)")
    except OSError:  # standard error is gone as well
        _silence()
    return 2


def _silence() -> None:
    """What is still buffered has nowhere to go: let the interpreter flush it into nothing."""
    nothing = os.open(os.devnull, os.O_WRONLY)
    os.dup2(nothing, sys.stdout.fileno())
