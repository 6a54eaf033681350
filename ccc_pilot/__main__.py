"""``python -m ccc_pilot`` is the command ``ccc-pilot``."""

import sys

from ccc_pilot.cli import main

sys.exit(main())
