"""What is secret in the address of a database is never shown, however it is written."""

import os
import socket
import subprocess
import sys
from pathlib import Path

import duckdb
import pytest
from conftest import ROOT, Run
from hypothesis import assume, given
from hypothesis import strategies as st

from winwinwin.loading.addresses import URL, address, shown
from winwinwin.tables import engines, files

FORMS = [
    "postgres://me:hunter2@127.0.0.1:1/crm",
    "postgresql://me:hunter2@127.0.0.1:1/crm",
    "POSTGRES://me:hunter2@127.0.0.1:1/crm",
    "postgres://:hunter2@127.0.0.1:1/crm",
    "postgres://me:hunter2@127.0.0.1:port/crm",
    "postgres://me:hunter2@127.0.0.1:99999/crm",
    "postgres://me:hunter2@127.0.0.1:hunter2/crm",
    "postgres://me:hunter2@[::1/crm",
    "postgres://me:hunter2@[x]:1/crm",
    "postgres://me:[hunter2]@127.0.0.1:1/crm",
    "postgres://me:hun/ter2hunter2@127.0.0.1:1/crm",
    "postgres://me:1/hunter2@127.0.0.1:1/crm",
    "postgres://me:hunter2#@127.0.0.1:1/crm",
    "postgres://me:?hunter2@127.0.0.1:1/crm",
    "postgres://me:1?hunter2@127.0.0.1:1/crm",
    "postgres://me:@hunter2@127.0.0.1:1/crm",
    "postgres://me:hunter2@x@127.0.0.1:1/crm",
    "postgres://me:hunter2%zz@127.0.0.1:1/crm",
    "postgres://me:hunter2℀@127.0.0.1:1/crm",
    "postgres://me:hunter2\\@127.0.0.1:1/crm",
    "postgres://me:hunter2",
    "postgres://me:hunter2:1/crm",
    "postgres://me:hunter2%40127.0.0.1/crm",
    "postgres://127.0.0.1:1/crm?password=hunter2",
    "postgres://127.0.0.1:1/crm?user=me&password=@hunter2",
    "postgres://127.0.0.1:1/crm#hunter2@x",
    "postgres://127.0.0.1:1/crm;password=hunter2",
    "postgres:/me:hunter2@127.0.0.1:1/crm",
    "postgres:me:hunter2@127.0.0.1:1/crm",
    "postgres//me:hunter2@127.0.0.1:1/crm",
    "me:hunter2@127.0.0.1:1/crm",
    "//me:hunter2@127.0.0.1:1/crm",
    "://me:hunter2@127.0.0.1:1/crm",
    "jdbc:postgresql://127.0.0.1:1/crm?user=me&password=hunter2",
    "host=127.0.0.1 port=1 user=me password=hunter2",
    "nowhere://me:hunter2@127.0.0.1:1/crm",
    "mysql://me:hunter2@127.0.0.1:1/crm",
    "sqlite://me:hunter2@x.db",
    "SQLite://me:hunter2@x.db",
    "sqlite:///me:hunter2@x.db",
    "file://me:hunter2@x.db",
    "duckdb://me:hunter2@x.db",
    "duckdb://x.db?motherduck_token=hunter2",
    "duckdb://:memory:?unknown_token=hunter2",
    "env:postgres://me:hunter2@127.0.0.1:1/crm",
    "env:hunter2@",
]


@pytest.mark.parametrize("form", FORMS)
@pytest.mark.parametrize("way", ["argument", "variable", "defaults", "file", "map"])
def test_no_form_of_a_url_shows_its_password(run: Run, tmp_path: Path, form: str, way: str) -> None:
    flags = ["--connect", form, "--table", "calls"]
    if way == "variable":
        flags[1] = "env:CRM"
    elif way == "file" and not URL.match(form):
        return  # it is a name as any other
    elif way == "defaults":
        text = form.replace("\\", "\\\\")
        (tmp_path / "winwinwin.toml").write_text(f'[batch]\nconnect = "{text}"\n')
        config = run("config", "--format", "json", cwd=tmp_path)
        assert "hunter2" not in config.out
        flags = flags[2:]
    command = "map" if way == "map" else "batch"
    done = run(command, *([form] if way == "file" else flags), cwd=tmp_path, CRM=form)
    assert done.code == 2
    assert "hunter2" not in (done.out + done.err).replace("variable 'hunter2", "")
    assert done.err
    assert "Traceback" not in done.err
    assert {path.name for path in tmp_path.iterdir()} <= {"winwinwin.toml"}


def test_an_engine_without_an_extra_of_ours_is_installed_by_the_extra_of_ibis(run: Run) -> None:
    done = run("batch", "--connect", "mysql://127.0.0.1:1/crm", "--table", "calls")
    said = "this needs MySQLdb, which is not installed"
    hint = "Install it: pip install 'ibis-framework[mysql]'"
    assert (done.code, done.err) == (2, f"{said}. {hint}\n")


@pytest.mark.parametrize(
    ("url", "said"),
    [
        ("postgres://me:secret@db.example:5432/crm?sslmode=require", "postgres://db.example/crm"),
        ("postgres://me:se:cret@[::1]:5432/crm", "postgres://[::1]/crm"),
        ("postgres://me:12345", "postgres://me"),
        ("postgres://me:1/secret@db.example/crm", "postgres://"),
        ("Spark://master.example:7077", "spark://master.example"),
        ("duckdb:///home/me/My Files/crm.db?read_only=1", "duckdb:///home/me/My Files/crm.db"),
        ("sqlite://u:p@x.db", "sqlite://"),
        ("env:CRM", "env:CRM"),
        ("secret", "***"),
    ],
)
def test_an_address_is_known_by_its_scheme_host_and_database(url: str, said: str) -> None:
    assert shown(url) == said


PASSWORDS = st.text(st.characters(codec="ascii", categories=("L", "N", "P", "S")), min_size=1)


@given(password=PASSWORDS, form=st.sampled_from([form for form in FORMS if "env:" not in form]))
def test_whatever_the_password_no_address_shows_it(password: str, form: str) -> None:
    # an @ in a password makes another whole URL of one that has no host after the password
    assume("@" not in password or "@" in form)
    marked = f"Zq7{password}Zq7"
    assert "Zq7" not in shown(form.replace("hunter2", marked))


@pytest.mark.parametrize(
    "said", ["no host me:pw?x", "pw", "{url}", "'p\\\\w'", "a%40b", "the token: a@b"]
)
def test_what_an_engine_says_is_left_out_where_it_repeats_what_is_secret(said: str) -> None:
    urls = ["postgres://me:pw@h/d", "postgres://me:p\\w@h/d", "postgres://h/d?token=a%40b"]
    at = [address(url) for url in urls]
    assert not all(each.may_say(said.format(url=each.url)) for each in at)
    assert all(each.may_say('role "me" does not exist') for each in at)


def test_a_variable_holds_the_url(run: Run, tmp_path: Path) -> None:
    with duckdb.connect(str(tmp_path / "crm.db")) as base:
        base.execute("CREATE TABLE calls AS SELECT 'won' AS salesperson, 'lost' AS customer")
    flags = ["batch", "--connect", "env:CRM", "--table", "calls", "-q"]
    done = run(*flags, cwd=tmp_path, CRM="duckdb://crm.db")
    assert (done.code, done.err) == (0, "")
    assert "WIN/LOSE/LOSE" in done.out
    done = run(*flags, cwd=tmp_path)
    said = "--connect: the variable 'CRM' is not set. Set it to the URL, and export it.\n"
    assert (done.code, done.err) == (2, said)


def test_postgresql_takes_a_password_from_a_file(tmp_path: Path) -> None:
    """A server of one connection: it asks for a password, and keeps what it is sent."""
    (tmp_path / "pass").write_text("127.0.0.1:*:crm:me:hunter2\n")
    (tmp_path / "pass").chmod(0o600)
    with socket.create_server(("127.0.0.1", 0)) as server:
        port = server.getsockname()[1]
        flags = ["--connect", f"postgres://me@127.0.0.1:{port}/crm?sslmode=disable", "--table", "t"]
        environment = os.environ | {"PGPASSFILE": str(tmp_path / "pass"), "PGGSSENCMODE": "disable"}
        command = [sys.executable, "-m", "winwinwin", "batch", *flags]
        with subprocess.Popen(command, cwd=ROOT, env=environment, stderr=subprocess.PIPE) as run:
            connection, _ = server.accept()
            connection.recv(1024)
            connection.sendall(b"R\0\0\0\x08\0\0\0\x03")  # AuthenticationCleartextPassword
            sent = connection.recv(1024)
            connection.close()
            run.communicate(timeout=60)
    assert b"hunter2" in sent


OFFLINE = """
import sys
def refuse(event, arguments):
    if event in {"socket.connect", "socket.getaddrinfo", "socket.sendto", "urllib.Request"}:
        raise RuntimeError(event)
sys.addaudithook(refuse)
from winwinwin.__main__ import main
main()
"""


@pytest.mark.parametrize(
    "arguments",
    [
        "score won lost",
        "batch examples/week.yaml -o {0}/report.html -o {0}/o.csv",
        "batch examples/survey.csv --map examples/survey.map.yaml -o {0}/r.html -o {0}/o.parquet",
        "compare examples/survey.csv examples/week.yaml --map-before examples/survey.map.yaml",
        "map examples/survey.csv",
        "rules check examples/house.yaml",
        "schema",
    ],
)
def test_nothing_is_asked_of_a_network(tmp_path: Path, arguments: str) -> None:
    command = [sys.executable, "-c", OFFLINE, *arguments.format(tmp_path).split()]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
    assert (done.returncode, "RuntimeError" in done.stderr) == (0, False), done.stderr


@pytest.mark.parametrize("kind", ["files", "database"])
def test_duckdb_fetches_no_extension(tmp_path: Path, kind: str) -> None:
    duckdb.connect(str(tmp_path / "x.db")).close()
    at = address(f"duckdb://{tmp_path}/x.db")
    engine = files.connect(str(tmp_path)) if kind == "files" else engines.connect(at)
    names = ("autoinstall_known_extensions", "autoload_known_extensions")
    asked = ", ".join(f"current_setting('{name}')" for name in names)
    assert engine.con.sql(f"SELECT {asked}").fetchall() == [(False, False)]
    with pytest.raises(duckdb.Error):
        engine.con.sql("FROM 'http://127.0.0.1:9/x.csv'").fetchall()


@pytest.mark.parametrize("name", ["", ".", "a.", ".a", "a..b"])
@pytest.mark.parametrize("flag", ["--into", "--table"])
def test_a_table_without_a_name_is_refused(run: Run, tmp_path: Path, name: str, flag: str) -> None:
    with duckdb.connect(str(tmp_path / "crm.db")) as base:
        base.execute("CREATE TABLE calls AS SELECT 'won' AS salesperson, 'lost' AS customer")
    flags = {"--table": "calls", flag: name}
    words = [word for pair in flags.items() for word in pair]
    done = run("batch", "--connect", "duckdb://crm.db", *words, cwd=tmp_path)
    said = f"{flag}: '{name}' is not the name of a table. Write NAME or SCHEMA.NAME.\n"
    assert (done.code, done.err) == (2, said)
