"""``python -m certwizard`` is the same program as ``certwizard``."""

import sys

from certwizard.cli import main

if __name__ == "__main__":
    sys.exit(main())
