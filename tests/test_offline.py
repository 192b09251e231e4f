"""No word leaves the machine: both long commands run in a home of their own, write nothing there and ask nothing of the network."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import pytest

import framing
from framing.measuring import encoder

PROJECT = Path(framing.__file__).resolve().parents[1]
TELEMETRY = "ORT_DISABLE_TELEMETRY"

# Every Python process reads this before anything else, those of --jobs too. Sockets between processes of one machine (AF_UNIX, 1) may be.
GUARD = """
import sys
from pathlib import Path

REACHES_OUT = ("socket.connect", "socket.sendto", "socket.sendmsg")
ASKS_NAMES = ("socket.getaddrinfo", "socket.gethostbyname", "socket.gethostbyaddr", "socket.getnameinfo")

def watch(event, args):
    if event in ASKS_NAMES or event in REACHES_OUT and args[0].family != 1:
        with open(Path(__file__).with_name("asked.txt"), "a", encoding="utf-8") as record:
            record.write(f"{event} {args!r}\\n")
        raise OSError("this test has no network")

sys.addaudithook(watch)
"""

PAGES = {
    "port.md": """---
outlet: The Vantry Herald
date: 2024-05-14
---

# Port shut

“The port stays shut,” said Bram Tolliver, the union leader. Ships turned back all day.

*The Harbour Front is an extremist organisation banned in Calderra.*
""",
    "port.html": """<html><head><title>Port open again</title><meta property="og:site_name" content="Open Ledger"></head>
<body><article><h1>Port open again</h1><time datetime="2024-05-14">May 14, 2024</time>
<p>The harbour master, Nadia Orlo, said on Tuesday that ships would sail again within the week, and that the cranes were safe.</p>
<p>Residents backed her. The union called the decision reckless and said its members had not been asked.</p></article></body></html>
""",
    "more.tsv": "id\toutlet\tdate\theadline\ttext\n"
    "a\tOpen Ledger\t2024-05-15\tShips sail\t“We sail at dawn,” Orlo told reporters. The regime's critics shrugged.\n"
    "b\tThe Vantry Herald\t2024-05-15\tShips sail at last\tBram Tolliver claimed that nobody had asked the crews. They sailed.\n",
}

# onnxruntime looks for its maker's host some nine seconds after it was loaded, in every process that loaded it.
AND_WAIT = "import sys, time; from framing.cli import main; status = main(sys.argv[1:]); time.sleep(11); sys.exit(status)"


@dataclass(frozen=True)
class Run:
    """What a command left: files in its home, what it asked of Python's sockets, and the system calls that reach beyond the machine."""

    written: list[str]
    asked: str
    traced: list[str]


@cache
def strace() -> list[str]:
    """The call that watches a command and all its children; empty where there is no strace or it may not watch."""
    found = shutil.which("strace")
    command = [found, "-f", "-qq", "--seccomp-bpf", "-e", "trace=network"] if found else []
    if command and subprocess.run([*command, "-o", os.devnull, "true"], capture_output=True, check=False).returncode:
        return []
    return command


def beyond(trace: str) -> list[str]:
    """Calls of a trace that connect or send to anything but a socket within the machine, or that ask its service for names.

    Others may be: urllib3, which trafilatura imports, tries whether a socket can be bound to ::1, and sends nothing.
    """
    return [line for line in trace.splitlines() if re.search(r"\b(connect|send\w*)\(.*sa_family=AF_(?!UNIX\b)|nscd|resolve/io", line)]


def run_at_home(folder: Path, *arguments: str) -> Run:
    """Run Python in a new home inside ``folder``."""
    home, guard, work = (folder / name for name in ("home", "guard", "work"))
    for made in (home / "tmp", guard, work):
        made.mkdir(parents=True, exist_ok=True)
    (guard / "sitecustomize.py").write_text(GUARD, encoding="utf-8")
    variables = {
        **{name: os.environ[name] for name in ("PATH", "SYSTEMROOT") if name in os.environ},
        **dict.fromkeys(("HOME", "USERPROFILE"), str(home)),
        **dict.fromkeys(("XDG_CONFIG_HOME", "APPDATA"), str(home / "config")),
        **dict.fromkeys(("XDG_CACHE_HOME", "LOCALAPPDATA"), str(home / "cache")),
        "XDG_DATA_HOME": str(home / "data"),
        **dict.fromkeys(("TMPDIR", "TEMP", "TMP"), str(home / "tmp")),
        "PYTHONPATH": os.pathsep.join([str(guard), str(PROJECT)]),
    }
    trace = folder / "trace.txt"
    watched = [*strace(), "-o", str(trace)] if strace() else []
    done = subprocess.run(
        [*watched, sys.executable, *arguments],
        cwd=work,
        env=variables,
        capture_output=True,
        text=True,
        encoding="utf-8",
        timeout=300,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    asked = guard / "asked.txt"
    return Run(
        written=sorted(str(path.relative_to(home)) for path in home.rglob("*") if path != home / "tmp"),
        asked=asked.read_text(encoding="utf-8") if asked.exists() else "",
        traced=beyond(trace.read_text(encoding="utf-8", errors="replace")) if watched else [],
    )


@pytest.fixture(scope="module", params=["analyze", "report"])
def run(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Run:
    """One of the commands on four articles, in two processes."""
    folder = tmp_path_factory.mktemp(request.param)
    (folder / "pages").mkdir()
    for name, text in PAGES.items():
        (folder / "pages" / name).write_text(text, encoding="utf-8")
    to = {"analyze": ["-o", "tables", "--jsonl", "all.jsonl"], "report": ["-o", "report.html"]}[request.param]
    start = ["-m", "framing"] if request.param == "report" else ["-c", AND_WAIT]
    found = run_at_home(folder, *start, request.param, str(folder / "pages"), "--jobs", "2", *to)
    assert sorted(path.name for path in (folder / "work").iterdir()) == sorted(to[1::2])
    return found


def test_nothing_is_written_at_home(run: Run) -> None:
    assert run.written == []


def test_python_asks_nothing_of_the_network(run: Run) -> None:
    assert run.asked == ""


def test_nothing_below_python_asks_either(run: Run) -> None:
    if not strace():
        pytest.skip("strace is not installed or may not watch: what compiled code asks of the network was not looked at")
    assert run.traced == []


def test_the_watch_sees_what_it_is_there_for(tmp_path: Path) -> None:
    code = (
        "import pathlib, socket\n"
        "pathlib.Path.home().joinpath('left').touch()\n"
        "try: socket.getaddrinfo('localhost', 80)\n"
        "except OSError: pass\n"
        "try: socket.socket(socket.AF_INET, socket.SOCK_DGRAM).connect(('127.0.0.1', 9))\n"
        "except OSError: pass\n"
    )
    children = [["-c", code], ["-S", "-c", code]]  # with -S Python's guard is passed by, as compiled code passes it by
    start = f"import subprocess, sys\nfor more in {children}: subprocess.run([sys.executable, *more], check=True)"
    found = run_at_home(tmp_path, "-c", start)
    assert found.written == ["left"]
    assert [line.split()[0] for line in found.asked.splitlines()] == ["socket.getaddrinfo", "socket.connect"]
    if strace():
        assert any("connect(3, {sa_family=AF_INET, sin_port=htons(9)" in line for line in found.traced)


@pytest.mark.parametrize(
    "line, counts",
    [
        ('12 connect(13, {sa_family=AF_INET, sin_port=htons(53), sin_addr=inet_addr("10.0.0.53")}, 16) = 0', True),
        ('12 sendto(13, "x", 1, MSG_NOSIGNAL, {sa_family=AF_INET6, sin6_port=htons(53)}, 28) = 1', True),
        ("12 sendmsg(13, {msg_name={sa_family=AF_INET, sin_port=htons(53)}, msg_namelen=16}, 0 <unfinished ...>", True),
        ("12 bind(3, {sa_family=AF_INET6, sin6_port=htons(0)}, 28) = 0", False),
        ('12 connect(13, {sa_family=AF_UNIX, sun_path="/var/run/nscd/socket"}, 110) = -1 ENOENT', True),
        ('12 connect(13, {sa_family=AF_UNIX, sun_path="/run/systemd/resolve/io.systemd.Resolve"}, 42) = 0', True),
        ("12 socketpair(AF_UNIX, SOCK_STREAM|SOCK_CLOEXEC, 0, [3, 4]) = 0", False),
    ],
)
def test_what_counts_in_a_trace(line: str, counts: bool) -> None:
    assert bool(beyond(line)) == counts


@pytest.mark.parametrize("given, then", [(None, "1"), ("0", "0"), ("", "")])
def test_a_setting_of_the_users_own_stays(given: str | None, then: str, monkeypatch: pytest.MonkeyPatch) -> None:
    encoder.network("measuring/attribution/fast")  # so that onnxruntime is loaded, and quietly
    monkeypatch.delenv(TELEMETRY)
    if given is not None:
        monkeypatch.setenv(TELEMETRY, given)
    encoder.network.__wrapped__("measuring/attribution/fast")
    assert os.environ[TELEMETRY] == then


@pytest.mark.parametrize("room, only", [("framing", "measuring/encoder/__init__.py"), ("tools", "export_encoder.py")])
def test_one_place_loads_onnxruntime_and_quietens_it_before(room: str, only: str) -> None:
    loads = re.compile(r"^\s+from onnxruntime|^(from|import) onnxruntime", re.M)
    texts = {path.relative_to(PROJECT / room).as_posix(): path.read_text(encoding="utf-8") for path in (PROJECT / room).rglob("*.py")}
    assert [name for name, text in texts.items() if loads.search(text)] == [only]
    assert re.search(rf'\n    os\.environ\.setdefault\("{TELEMETRY}", "1"\).*\n    from onnxruntime', texts[only])
    assert not re.search(r"^(from|import) onnxruntime", texts[only], re.M)


def test_a_report_leaves_the_settings_of_its_process(tmp_path: Path) -> None:
    code = (
        "import os\n"
        "from framing import cli\n"
        "before = dict(os.environ)\n"
        "with cli._fonts_that_matplotlib_ships():\n"
        "    import matplotlib.font_manager\n"
        "assert dict(os.environ) == before\n"
        "assert all('mpl-data' in font.fname for font in matplotlib.font_manager.fontManager.ttflist)\n"
    )
    assert run_at_home(tmp_path, "-c", code).written == []
