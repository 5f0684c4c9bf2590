"""``python -m publisher`` is the command ``publisher``."""

import sys

from publisher.cli.main import main

sys.exit(main())
