"""For ``spark-submit --py-files needscast_spark.zip submit.py forecast ...``."""

import sys

from needscast_spark.command_line import main

status = main()
# In a cluster's driver any call of exit, even of 0, may be taken for a failure.
if status:
    sys.exit(status)
