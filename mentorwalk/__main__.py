"""`python -m mentorwalk` is `mentorwalk`."""

from mentorwalk.cli import main

if __name__ == "__main__":
    main()
