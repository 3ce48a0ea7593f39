"""`python -m cramplint`."""

from __future__ import annotations

from cramplint.cli import main

if __name__ == "__main__":
    main()
