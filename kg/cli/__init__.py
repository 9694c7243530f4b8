"""The command line: verbs over folders of news. The only package that prints.

Data goes to standard output, messages and progress to standard error. Exit: 0 done, 1 failed (also where some inputs
could not be read), 2 wrong usage. Nothing heavy is imported before a verb needs it.
"""

from kg.cli.app import main

__all__ = ["main"]
