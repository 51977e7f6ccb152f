"""How hard hypothesis tries: a little at every run, a lot when it is asked to."""

from __future__ import annotations

from hypothesis import settings

settings.register_profile("everyday", max_examples=25, deadline=None)
settings.register_profile("thorough", max_examples=500, deadline=None)
settings.load_profile("everyday")
