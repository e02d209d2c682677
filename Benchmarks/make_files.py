"""make_files.py DIRECTORY COUNT SMALLEST LARGEST: makes COUNT PNG files of seeded random sizes in bytes, the same ones
every time, and prints their paths. Their pixels are noise, but their chunks are whole: a file that is cut off is warned of."""
import pathlib
import random
import struct
import sys
import zlib

FILES_IN_A_DIRECTORY = 2000


def chunk(name, content):
    return struct.pack(">I", len(content)) + name + content + struct.pack(">I", zlib.crc32(name + content))


START = b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", struct.pack(">IIBBBBB", 640, 480, 8, 2, 0, 0, 0))
END = chunk(b"IEND", b"")


def png(noise, size):
    rest = size - len(START) - len(chunk(b"IDAT", b"")) - len(END)
    return START + chunk(b"IDAT", noise[:max(0, rest)]) + END


def main():
    directory = pathlib.Path(sys.argv[1])
    count, smallest, largest = map(int, sys.argv[2:])
    chance = random.Random(1)
    noise = chance.randbytes(largest)
    for number in range(count):
        folder = directory / f"{number // FILES_IN_A_DIRECTORY:03}"
        if number % FILES_IN_A_DIRECTORY == 0:
            folder.mkdir(parents=True)
        file = folder / f"{number:06}.png"
        file.write_bytes(png(noise, chance.randint(smallest, largest)))
        print(file)


main()
