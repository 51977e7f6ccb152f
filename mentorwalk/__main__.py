"""`python -m mentorwalk` is `mentorwalk`."""

from mentorwalk.cli.app import main

if __name__ == "__main__":
    main()
