"""Run the program as `python -m winwinwin`."""

from winwinwin.cli.app import main

if __name__ == "__main__":
    main()
