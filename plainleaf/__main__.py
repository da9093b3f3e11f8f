"""`python -m plainleaf`: the same as the command `plainleaf`."""

from plainleaf.cli import run

if __name__ == "__main__":
    run()
