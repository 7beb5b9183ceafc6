"""A small disk that tests may fill."""

import os
import shutil
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path


@contextmanager
def small_disk(folder: Path, *, mib: int) -> Iterator[bool]:
    """`folder`, made for the block, is a disk of its own: or False where nobody may mount one."""
    folder.mkdir()
    mount, umount = shutil.which("mount"), shutil.which("umount")
    command = [str(mount), "-t", "tmpfs", "-o", f"size={mib}m", "tmpfs", str(folder)]
    is_small = os.geteuid() == 0 and mount is not None and not subprocess.run(command, check=False).returncode
    try:
        yield is_small
    finally:
        if is_small:
            subprocess.run([str(umount), "--lazy", str(folder)], check=True)
