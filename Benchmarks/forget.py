"""forget.py LIST: has the kernel drop what it holds in memory of the files that are listed, one a line."""
import os
import pathlib
import sys

for line in pathlib.Path(sys.argv[1]).read_text().splitlines():
    with open(line, "rb") as file:
        os.fsync(file)
        os.posix_fadvise(file.fileno(), 0, 0, os.POSIX_FADV_DONTNEED)
