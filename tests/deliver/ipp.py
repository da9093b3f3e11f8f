"""A print room for tests: a CUPS of its own, and IPP printers that keep what reaches them.

Everything lives in one new folder and is gone at the end; the system's CUPS is left alone.
"""

from __future__ import annotations

import fcntl
import os
import re
import shutil
import signal
import socket
import subprocess
import tempfile
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import ExitStack, contextmanager, suppress
from dataclasses import dataclass, field
from pathlib import Path

LOCK = Path(tempfile.gettempdir()) / "plainleaf-print-room.lock"
PATH = f"{os.environ.get('PATH', '')}:/usr/sbin:/sbin"
WANTED = ("lp", "lpstat", "lpadmin", "cupsd", "ippeveprinter", "dbus-daemon", "avahi-daemon")
FILTER = Path("/usr/lib/cups/filter/pdftopdf")
REMEDY = "As root, run: sh tools/setup.sh test"

_FILES = """\
ServerRoot {0}/etc
RequestRoot {0}/spool
CacheDir {0}/cache
StateDir {0}/run
TempDir {0}/spool/tmp
ServerKeychain {0}/etc/ssl
AccessLog {0}/log/access_log
ErrorLog {0}/log/error_log
PageLog {0}/log/page_log
CreateSelfSignedCerts no
SystemGroup {1}
"""
# As Debian has it, CUPS keeps what it printed for a day: PreserveJobFiles is left out.
_CUPSD = """\
Listen {0}/sock
LogLevel debug2
AccessLogLevel all
MaxLogSize 0
DirtyCleanInterval 0
Browsing Off
WebInterface No
DefaultAuthType None
<Location />
Order allow,deny
Allow all
</Location>
<Policy default>
<Limit All>
Order allow,deny
Allow all
</Limit>
</Policy>
"""
_BUS = """\
<!DOCTYPE busconfig PUBLIC "-//freedesktop//DTD D-Bus Bus Configuration 1.0//EN"
 "http://www.freedesktop.org/standards/dbus/1.0/busconfig.dtd">
<busconfig>
<listen>unix:path={0}/bus</listen>
<auth>EXTERNAL</auth>
<policy context="default">
<allow user="*"/><allow own="*"/><allow send_destination="*"/><allow receive_sender="*"/>
</policy>
</busconfig>
"""
_AVAHI = """\
[server]
use-ipv6=no
allow-interfaces=lo
[wide-area]
enable-wide-area=no
[publish]
publish-hinfo=no
publish-workstation=no
"""


class NotHere(Exception):
    """This machine cannot print to itself, and why."""


@dataclass(frozen=True)
class Received:
    """What reached a printer: the file, and the attributes of the job, as text."""

    data: bytes
    attributes: Mapping[str, str]


@dataclass
class Room:
    """The folder of it all, and the printers by name."""

    folder: Path
    seen: dict[str, int] = field(default_factory=dict)
    scheduler: subprocess.Popen[bytes] | None = None

    @property
    def environment(self) -> dict[str, str]:
        """What a program needs to print here, and nowhere else."""
        return {
            "PATH": PATH,
            "HOME": str(self.folder / "home"),
            "CUPS_SERVER": str(self.folder / "sock"),
            "CUPS_SERVERROOT": str(self.folder / "etc"),
        }

    def ask(self, *command: str) -> str:
        """What one of CUPS's programs says."""
        done = subprocess.run(
            command,
            env=self.environment | {"LC_ALL": "C.UTF-8"},
            capture_output=True,
            text=True,
            check=False,
            timeout=60,
        )
        assert not done.returncode, f"{command}: {done.stderr}"
        return done.stdout

    def received(self, printer: str) -> Received:
        """What reached a printer since this was last asked. Waits for it; it must be one job."""
        kept = self.folder / "got" / printer
        before = self.seen.get(printer, 0)
        until(lambda: len(_printed(kept)) > before, f"{printer} got nothing")
        until(lambda: not self.ask("lpstat", "-o").strip(), "a job is stuck")
        files = _printed(kept)
        self.seen[printer] = len(files)
        assert len(files) == before + 1, files
        until(lambda: "sides" in _attributes(self.said(printer)), f"{printer} noted no attributes")
        return Received(files[-1].read_bytes(), _attributes(self.said(printer)))

    def nothing_more(self, printer: str) -> bool:
        """Whether nothing has reached a printer since, and nothing waits for it."""
        count = len(_printed(self.folder / "got" / printer))
        return count == self.seen.get(printer, 0) and not self.ask("lpstat", "-o").strip()

    def configure(self, more: str) -> None:
        """Have CUPS read its settings again, with these lines besides."""
        assert self.scheduler is not None
        log = self.folder / "log" / "error_log"
        before = log.read_bytes().count(b"load complete.")
        (self.folder / "cupsd.conf").write_text(_CUPSD.format(self.folder) + more)
        self.scheduler.send_signal(signal.SIGHUP)
        until(lambda: log.read_bytes().count(b"load complete.") > before, "CUPS reads nothing")
        until(lambda: "is running" in self.ask("lpstat", "-r"), "CUPS does not come back")

    def said(self, printer: str) -> str:
        return (self.folder / "got" / f"{printer}.log").read_text(encoding="utf-8", errors="ignore")


def until(done: Callable[[], bool], complaint: str, seconds: float = 30) -> None:
    """Wait for something of another process."""
    end = time.monotonic() + seconds
    while not done():
        assert time.monotonic() < end, complaint
        time.sleep(0.1)


@contextmanager
def print_room() -> Iterator[Room]:
    """A running room, the only one on this machine. NotHere says what is missing."""
    missing = [name for name in WANTED if not shutil.which(name, path=PATH)]
    missing += [] if FILTER.exists() else [str(FILTER)]
    if missing:
        raise NotHere(f"{', '.join(missing)} not found. {REMEDY}")
    with ExitStack() as stack:
        lock = stack.enter_context(LOCK.open("a"))
        with suppress(OSError):
            LOCK.chmod(0o666)
        fcntl.flock(lock, fcntl.LOCK_EX)
        # Short, for a socket's path has 107 letters at most.
        folder = Path(tempfile.mkdtemp(prefix="plainleaf-cups-"))
        stack.callback(shutil.rmtree, folder, ignore_errors=True)
        folder.chmod(0o711)
        for name in ("etc/ppd", "etc/ssl", "spool/tmp", "cache", "run/certs", "log", "got", "home"):
            (folder / name).mkdir(parents=True)
        room = Room(folder)
        bus = _printers(stack, room)
        _cups(stack, room, bus)
        yield room


def _printers(stack: ExitStack, room: Room) -> dict[str, str]:
    """Ward prints on both sides in black, Desk on one. Colour prints on both, and stacks its sheets
    face up, so that its last page comes first. Gives their addresses."""
    kinds = {"Ward": ("-2",), "Desk": (), "Colour": ("-2", "-s", "20,20")}
    addresses = {}
    announced: dict[str, str] = {}
    for name, kind in kinds.items():
        port = _free_port()
        kept = room.folder / "got" / name
        kept.mkdir()
        command = ["ippeveprinter", "-r", "off", "-n", "localhost", "-p", str(port), *kind]
        command += ["-f", "application/pdf", "-c", shutil.which("true") or "true"]
        command += ["-d", str(kept), "-k", "-vvv", name]
        log = kept.with_suffix(".log")
        if not announced and not _starts(stack, command, log, {}, port):
            announced = _announcer(stack, room)
        if not _answers(port) and not _starts(stack, command, log, announced, port):
            raise NotHere(f"ippeveprinter does not start: {log.read_text(errors='ignore')[-300:]}")
        addresses[name] = f"ipp://localhost:{port}/ipp/print"
    return addresses


def _announcer(stack: ExitStack, room: Room) -> dict[str, str]:
    """An Avahi on loopback with a bus of its own: ippeveprinter does not start without one."""
    if os.geteuid():
        raise NotHere("Avahi is not running. As root: systemctl start avahi-daemon")
    (room.folder / "bus.conf").write_text(_BUS.format(room.folder))
    (room.folder / "avahi.conf").write_text(_AVAHI)
    mine = {"DBUS_SYSTEM_BUS_ADDRESS": f"unix:path={room.folder}/bus"}
    bus = ["dbus-daemon", f"--config-file={room.folder}/bus.conf", "--nofork", "--nopidfile"]
    _start(stack, bus, room.folder / "bus.log", mine)
    until((room.folder / "bus").exists, "dbus-daemon does not start")
    avahi = ["avahi-daemon", "-f", str(room.folder / "avahi.conf")]
    log = room.folder / "avahi.log"
    _start(stack, [*avahi, "--no-chroot", "--no-drop-root", "--no-rlimits"], log, mine)
    until(lambda: "startup complete" in log.read_text(errors="ignore"), "Avahi does not start")
    return mine


def _cups(stack: ExitStack, room: Room, printers: Mapping[str, str]) -> None:
    """CUPS with a queue for each printer, and one, Plain, that hands files on as they are."""
    group = subprocess.run(["id", "-gn"], capture_output=True, text=True, check=True).stdout.strip()
    (room.folder / "files.conf").write_text(_FILES.format(room.folder, group))
    (room.folder / "cupsd.conf").write_text(_CUPSD.format(room.folder))
    log = room.folder / "log" / "cupsd.out"
    command = ["cupsd", "-f", "-c", str(room.folder / "cupsd.conf")]
    command += ["-s", str(room.folder / "files.conf")]
    room.scheduler = _start(stack, command, log, {})
    with suppress(AssertionError):
        until((room.folder / "sock").exists, "", 10)
    if not (room.folder / "sock").exists():
        raise NotHere(f"cupsd does not start here: {log.read_text(errors='ignore')[-300:]}")
    for name, address in printers.items():
        room.ask("lpadmin", "-p", name, "-v", address, "-m", "everywhere", "-E")
        until((room.folder / "etc/ppd" / f"{name}.ppd").exists, f"no queue for {name}")
    room.ask("lpadmin", "-p", "Plain", "-v", printers["Ward"], "-E")
    room.ask("lpadmin", "-d", "Ward")


def _starts(
    stack: ExitStack, command: list[str], log: Path, extra: Mapping[str, str], port: int
) -> bool:
    """Start a printer; whether it answers."""
    process = _start(stack, command, log, extra)
    until(lambda: process.poll() is not None or _answers(port), f"{command[0]} is silent")
    return process.poll() is None


def _start(
    stack: ExitStack, command: list[str], log: Path, extra: Mapping[str, str]
) -> subprocess.Popen[bytes]:
    output = stack.enter_context(log.open("ab"))
    environment = {"PATH": PATH, "LC_ALL": "C.UTF-8", **extra}
    process = subprocess.Popen(
        command, stdin=subprocess.DEVNULL, stdout=output, stderr=output, env=environment
    )
    stack.callback(_stop, process)
    return process


def _stop(process: subprocess.Popen[bytes]) -> None:
    process.terminate()
    try:
        process.wait(10)
    except subprocess.TimeoutExpired:
        process.kill()
        process.wait()


def _free_port() -> int:
    with socket.socket() as found:
        found.bind(("127.0.0.1", 0))
        port: int = found.getsockname()[1]
        return port


def _answers(port: int) -> bool:
    with suppress(OSError), socket.create_connection(("localhost", port), 1):
        return True
    return False


def _printed(kept: Path) -> list[Path]:
    """The files that reached a printer, in order: 1-leaflet.pdf."""
    files = [path for path in kept.iterdir() if path.suffix == ".pdf"]
    return sorted(files, key=lambda path: int(path.name.partition("-")[0]))


def _attributes(log: str) -> dict[str, str]:
    """The attributes of the last job that a printer was asked to print; none yet, none."""
    asked = [part for part in log.split("Request:\n") if re.search("=(Create|Print)-Job", part)]
    request = asked[-1].partition("\nlocalhost ")[0] if asked else ""
    return dict(re.findall(r"^    ([a-z-]+) \([^)]*\) (.*)$", request, re.MULTILINE))
