"""silent_server.py names|connect|tls [COMMAND...]: a server that never answers.

names    a name server on port 53 that is silent; it runs COMMAND beside itself. It needs user, mount and network
         namespaces of its own (unshare --map-root-user --mount --net), whose names it takes over
connect  a port whose queue is full: connections to it are never made
tls      takes connections, and is silent when they begin with TLS

Prints its port first (not for names), and "asked" once somebody waits for it; for names both go to standard error.
"""
import ctypes
import fcntl
import os
import pathlib
import signal
import socket
import struct
import subprocess
import sys
import tempfile
import time


def raise_loopback():
    SIOCGIFFLAGS, SIOCSIFFLAGS, IFF_UP = 0x8913, 0x8914, 1
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as any_socket:
        request = struct.pack("16sh14x", b"lo", 0)
        flags = struct.unpack("16sh14x", fcntl.ioctl(any_socket, SIOCGIFFLAGS, request))[1]
        fcntl.ioctl(any_socket, SIOCSIFFLAGS, struct.pack("16sh14x", b"lo", flags | IFF_UP))


def names(command):
    raise_loopback()
    with tempfile.NamedTemporaryFile("w") as settings:
        settings.write("nameserver 127.0.0.1\n")
        settings.flush()
        subprocess.run(["mount", "--bind", settings.name, "/etc/resolv.conf"], check=True)
    server = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
    server.bind(("127.0.0.1", 53))
    if os.fork():
        # Under the same number: whoever started this can send signals to it.
        os.execv(command[0], command)
    # The child ends with the command.
    ctypes.CDLL(None).prctl(1, signal.SIGKILL)
    server.recv(4096)
    print("asked", file=sys.stderr, flush=True)
    signal.pause()


def half_open(port):
    """How many connections to that port are being made."""
    rows = [line.split() for line in pathlib.Path("/proc/net/tcp").read_text().splitlines()[1:]]
    return sum(row[3] == "02" and int(row[2].split(":")[1], 16) == port for row in rows)


def connect():
    server = socket.socket()
    server.bind(("127.0.0.1", 0))
    server.listen(0)
    port = server.getsockname()[1]
    fillers = []
    while half_open(port) == 0:
        fillers.append(socket.socket())
        fillers[-1].setblocking(False)
        fillers[-1].connect_ex(("127.0.0.1", port))
    ours = half_open(port)
    print(port, flush=True)
    while half_open(port) <= ours:
        time.sleep(0.02)
    print("asked", flush=True)
    signal.pause()


def tls():
    server = socket.create_server(("127.0.0.1", 0))
    print(server.getsockname()[1], flush=True)
    connection, _ = server.accept()
    connection.recv(4096)
    print("asked", flush=True)
    signal.pause()


if sys.argv[1] == "names":
    names(sys.argv[2:])
else:
    {"connect": connect, "tls": tls}[sys.argv[1]]()
