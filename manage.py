"""Run a management command from a checkout; the installed program is called `banjie`."""

from banjie.config.cli import main

if __name__ == "__main__":
    main()
