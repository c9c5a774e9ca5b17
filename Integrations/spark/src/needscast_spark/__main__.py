"""``python -m needscast_spark``."""

import sys

from needscast_spark.command_line import main

sys.exit(main())
