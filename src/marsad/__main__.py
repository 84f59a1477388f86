"""``python -m marsad`` is the same program as ``marsad``."""

import sys

from marsad.cli.main import main

if __name__ == "__main__":
    sys.exit(main())
