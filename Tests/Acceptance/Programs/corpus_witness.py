"""What tools that share nothing with hoist say of files: corpus_witness.py DIRECTORY <LINES of "witness<TAB>file">.

Prints one line "file<TAB>statement" for each line read; "error: …" is the statement where the tool refuses the file.
"""

import json
import re
import subprocess
import sys
import zipfile
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from xml.etree import ElementTree


def output(*command):
    done = subprocess.run(command, capture_output=True, text=True, errors="replace")
    if done.returncode != 0:
        raise ValueError(f"{command[0]}: {done.stderr.strip()}")
    return done.stdout


def ffprobe(file):
    """The format, its major brand, and each stream: `mov,mp4,m4a,3gp,3g2,mj2 [M4A]: audio/aac 44100, cover/png`."""
    said = json.loads(output("ffprobe", "-v", "error", "-show_format", "-show_streams", "-of", "json", file))
    streams = []
    for stream in said["streams"]:
        kind = "cover" if stream["disposition"]["attached_pic"] else stream["codec_type"]
        rate = " " + stream["sample_rate"] if "sample_rate" in stream else ""
        streams.append(f"{kind}/{stream.get('codec_name', '?')}{rate}")
    brand = said["format"].get("tags", {}).get("major_brand")
    return said["format"]["format_name"] + (f" [{brand.strip()}]" if brand else "") + ": " + ", ".join(streams)


def identify(file):
    pattern = "%m %[colorspace] %z-bit interlace=%[interlace] frames=%n %[tiff:endian] %[EXIF:Orientation]\n"
    return " ".join(output("identify", "-format", pattern, file).splitlines()[0].split())


def webpinfo(file):
    """The chunks in their order, and how each picture in them is coded."""
    said = output("webpinfo", file)
    return " ".join(match[1] for match in re.finditer(r"(?:Chunk|Format:) (\w+)", said))


def heif_info(file):
    said = output("heif-info", file)
    return " ".join(re.search(pattern, said)[1] for pattern in (r"main brand: (\w+)", r"image: (\d+x\d+)"))


def jxlinfo(file):
    said = output("jxlinfo", file)
    return ("container" if "container" in said else "codestream") + " " + re.search(r"\d+x\d+", said)[0]


def xml(file):
    return ElementTree.parse(file).getroot().tag


def json_document(file):
    return type(json.loads(Path(file).read_text())).__name__


def zip_archive(file):
    with zipfile.ZipFile(file) as archive:
        assert archive.testzip() is None
        return f"{len(archive.namelist())} member(s)"


def size(file):
    return f"{Path(file).stat().st_size} bytes"


WITNESSES = {
    "ffprobe": ffprobe,
    "identify": identify,
    "webpinfo": webpinfo,
    "heif-info": heif_info,
    "jxlinfo": jxlinfo,
    "xml": xml,
    "json": json_document,
    "zip": zip_archive,
    "size": size,
}


def statement(line):
    witness, name = line.rstrip("\n").split("\t")
    try:
        said = WITNESSES[witness](str(Path(sys.argv[1]) / name))
    except Exception as error:
        said = "error: " + " ".join(str(error).split())
    return f"{name}\t{said}"


if __name__ == "__main__":
    with ThreadPoolExecutor(2) as pool:
        for line in pool.map(statement, sys.stdin.readlines()):
            print(line)
