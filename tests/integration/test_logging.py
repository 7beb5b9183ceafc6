"""The log as a process writes it."""

import subprocess
import sys
from pathlib import Path

SCRIPT = """
import structlog
from voiceops.bootstrap import configure_logging
from voiceops.settings import Settings
configure_logging(Settings())
for _ in range(1000):
    structlog.get_logger().warning("a line")
print("the work went on")
"""


def test_a_log_on_a_full_disk_does_not_stop_the_work_that_it_tells_of() -> None:
    with Path("/dev/full").open("w") as full:
        done = subprocess.run(
            [sys.executable, "-c", SCRIPT], stdout=subprocess.PIPE, stderr=full, text=True, check=False
        )
    assert done.stdout == "the work went on\n"
