"""cramplint checks consumer health articles and publishes clean versions of them."""

from __future__ import annotations

from .config import Config
from .model import VERSION as __version__
from .model import CrampError, Finding, Source
from .read import read, walk

__all__ = ["Config", "CrampError", "Finding", "Source", "__version__", "read", "walk"]
