"""Real engines for the tests: a PostgreSQL server and a Spark cluster, started on loopback."""

import os
import pwd
import shutil
import socket
import subprocess
import time
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path
from typing import Any
from urllib.parse import urlencode

import pytest

PATIENCE = 90
"""Seconds that a service may take to start."""

QUICK_JAVA = "-XX:TieredStopAtLevel=1 -XX:+UseSerialGC"
"""Five Java machines that each run for a minute: compiling less halves the wait."""


def missing(what: str) -> None:
    """Fail where every test is required, skip with the reason elsewhere."""
    if os.environ.get("WINWINWIN_REQUIRE_ALL") == "1":
        pytest.fail(f"{what}, and WINWINWIN_REQUIRE_ALL=1 requires it")
    pytest.skip(what)


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def wait_for(port: int, process: subprocess.Popen[bytes], log: Path) -> None:
    end = time.monotonic() + PATIENCE
    while time.monotonic() < end:
        with socket.socket() as probe:
            if probe.connect_ex(("127.0.0.1", port)) == 0:
                return
        if process.poll() is not None:
            break
        time.sleep(0.1)
    raise RuntimeError(
        f"nothing answers on port {port}:\n{log.read_text(errors='replace')[-2000:]}"
    )


def wait_until_ready(url: str) -> None:
    """Wait for a PostgreSQL server that answers on its port and may still be starting up."""
    import psycopg

    end = time.monotonic() + PATIENCE
    while True:
        try:
            psycopg.connect(url).close()
        except psycopg.OperationalError:
            if time.monotonic() > end:
                raise
            time.sleep(0.1)
        else:
            return


@contextmanager
def running(command: list[str], log: Path, **options: Any) -> Iterator[subprocess.Popen[bytes]]:
    """Run a process until the block ends."""
    with log.open("wb") as out:
        process = subprocess.Popen(command, stdout=out, stderr=subprocess.STDOUT, **options)
    try:
        yield process
    finally:
        process.terminate()
        try:
            process.wait(20)
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()


def postgres_folder() -> Path | None:
    """Return where the newest PostgreSQL has its programs."""
    found = sorted(Path("/usr/lib/postgresql").glob("*/bin/initdb"))
    on_path = shutil.which("initdb")
    return found[-1].parent if found else Path(on_path).parent if on_path else None


@contextmanager
def postgres(folder: Path) -> Iterator[str]:
    """Run a server of its own in a folder, as a user other than root, and yield its URL."""
    programs = postgres_folder()
    if programs is None:
        missing("PostgreSQL is not installed (Debian: apt-get install postgresql)")
        return
    options: dict[str, Any] = {"cwd": "/"}
    if os.geteuid() == 0:  # the server refuses to run as root
        user = pwd.getpwnam("postgres")
        options |= {"user": user.pw_uid, "group": user.pw_gid, "extra_groups": []}
        os.chown(folder, user.pw_uid, user.pw_gid)
        for above in [folder, *folder.parents]:  # a temporary folder is only its owner's
            if above.stat().st_uid in (0, user.pw_uid) and str(above) not in ("/", "/tmp"):  # noqa: S108  # not written to
                above.chmod(above.stat().st_mode | 0o711)
    data, log, port = folder / "data", folder / "log", free_port()
    initdb = [
        str(programs / "initdb"),
        "-D",
        str(data),
        "-U",
        "tester",
        "--auth=trust",
        "-E",
        "UTF8",
        "--locale=C",
        "--no-sync",
    ]
    done = subprocess.run(initdb, capture_output=True, text=True, check=False, **options)
    if done.returncode:
        raise RuntimeError(done.stdout + done.stderr)
    server = [
        str(programs / "postgres"), "-D", str(data), "-p", str(port), "-c", "listen_addresses=127.0.0.1",
        "-c", f"unix_socket_directories={folder}", "-c", "fsync=off",
    ]  # fmt: skip
    with running(server, log, **options) as process:
        wait_for(port, process, log)
        url = f"postgres://tester@127.0.0.1:{port}/postgres"
        wait_until_ready(url)
        yield url


@contextmanager
def spark(folder: Path) -> Iterator[str]:
    """Run a standalone cluster on loopback: a master and two workers; yield the master's URL."""
    if shutil.which("java") is None:
        missing("no Java is installed (Debian: apt-get install default-jre-headless)")
    import pyspark

    home = Path(pyspark.__file__).parent
    environment = os.environ | {
        "SPARK_HOME": str(home),
        "SPARK_LOCAL_IP": "127.0.0.1",
        "SPARK_WORKER_DIR": str(folder / "work"),
        "SPARK_DAEMON_MEMORY": "256m",
        "SPARK_DAEMON_JAVA_OPTS": QUICK_JAVA,
    }
    port, log = free_port(), folder / "master.log"
    launch = [str(home / "bin" / "spark-class")]
    master = [
        *launch, "org.apache.spark.deploy.master.Master", "--host", "127.0.0.1", "--port", str(port),
        "--webui-port", str(free_port()),
    ]  # fmt: skip
    with ExitStack() as stack:
        process = stack.enter_context(running(master, log, env=environment))
        wait_for(port, process, log)
        for number in (1, 2):
            worker = [
                *launch, "org.apache.spark.deploy.worker.Worker", "--host", "127.0.0.1", "--cores", "1",
                "--memory", "1g", "--webui-port", str(free_port()), f"spark://127.0.0.1:{port}",
            ]  # fmt: skip
            stack.enter_context(running(worker, folder / f"worker{number}.log", env=environment))
        yield f"spark://127.0.0.1:{port}"


def spark_url(master: str, folder: Path) -> str:
    """Return how to connect to a cluster, with two executors and a warehouse in a folder."""
    settings = {
        "spark.driver.host": "127.0.0.1",
        "spark.driver.bindAddress": "127.0.0.1",
        "spark.driver.extraJavaOptions": QUICK_JAVA,
        "spark.executor.extraJavaOptions": QUICK_JAVA,
        "spark.executor.memory": "512m",
        "spark.executor.cores": "1",
        "spark.cores.max": "2",
        "spark.ui.enabled": "false",
        "spark.sql.shuffle.partitions": "2",
        "spark.sql.warehouse.dir": str(folder / "warehouse"),
    }
    return f"{master}?{urlencode(settings)}"
