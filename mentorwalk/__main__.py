"""`mentorwalk`, and `python -m mentorwalk`: where the program begins."""

import gc
import os
import sys

from mentorwalk import __version__

LOADED = 200_000
"""More objects than there are at any first question."""


def main() -> None:
    """Tell the version, or run a command."""
    if sys.argv[1:] != ["--version"] or not _version_told():
        # Nothing that is loaded is garbage: to look for some takes a tenth of the time.
        gc.set_threshold(LOADED)
        from mentorwalk.cli.app import main as run

        run()


def _version_told() -> bool:
    """Tell the version before anything is loaded, which takes eight times as long.

    Return whether the output took it; where it did not, the command says why.
    """
    try:
        os.write(1, f"mentorwalk {__version__}\n".encode())
    except OSError:
        return False
    return True


if __name__ == "__main__":
    main()
