"""`python -m kg`, and the command `kg`."""

import gc
import sys
from typing import NoReturn

from kg.scale import ahead


def main() -> NoReturn:
    """Run the command line and end the program."""
    if sys.argv[1:2] == ["add"]:
        ahead.start()  # before the command line is loaded
    from kg.cli import main as run

    try:
        run()
    finally:
        gc.freeze()  # or Python looks through the whole model for cycles at its end: a fifth of a second


if __name__ == "__main__":
    main()
