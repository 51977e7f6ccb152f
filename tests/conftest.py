"""What holds for every test: how hard hypothesis tries, and that a Ctrl-C can be heard."""

from __future__ import annotations

import signal
import threading

from hypothesis import settings

settings.register_profile("everyday", max_examples=25, deadline=None)
settings.register_profile("thorough", max_examples=500, deadline=None)
settings.load_profile("everyday")

if threading.current_thread() is threading.main_thread():
    # Whoever starts the tests in the background lets them, and what they start, ignore it.
    signal.signal(signal.SIGINT, signal.default_int_handler)
