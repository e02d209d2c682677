"""make_files.py DIRECTORY COUNT SMALLEST LARGEST: makes COUNT PNG files of seeded random sizes in bytes, the same ones
every time, and prints their paths. A PNG's first chunk is all that anyone looks at here; the rest is noise."""
import pathlib
import random
import struct
import sys
import zlib

FILES_IN_A_DIRECTORY = 2000


def png_start():
    header = b"IHDR" + struct.pack(">IIBBBBB", 640, 480, 8, 2, 0, 0, 0)
    return b"\x89PNG\r\n\x1a\n" + struct.pack(">I", 13) + header + struct.pack(">I", zlib.crc32(header))


def main():
    directory = pathlib.Path(sys.argv[1])
    count, smallest, largest = map(int, sys.argv[2:])
    chance = random.Random(1)
    start = png_start()
    noise = chance.randbytes(largest)
    for number in range(count):
        folder = directory / f"{number // FILES_IN_A_DIRECTORY:03}"
        if number % FILES_IN_A_DIRECTORY == 0:
            folder.mkdir(parents=True)
        file = folder / f"{number:06}.png"
        file.write_bytes((start + noise)[:chance.randint(smallest, largest)])
        print(file)


main()
