"""`python -m kg`, and the command `kg`."""

import gc
from typing import NoReturn

from kg.cli import main as run


def main() -> NoReturn:
    """Run the command line and end the program."""
    try:
        run()
    finally:
        gc.freeze()  # or Python looks through the whole model for cycles at its end: a fifth of a second


if __name__ == "__main__":
    main()
