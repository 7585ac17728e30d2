"""How generated tests run: never against the clock, and the same cases each time in CI."""

from __future__ import annotations

import os

from hypothesis import settings

settings.register_profile("nutrigraph", deadline=None, derandomize="CI" in os.environ)
settings.load_profile("nutrigraph")
