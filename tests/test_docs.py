"""README and docs/ show what the program does, and all that it does."""

import importlib.util
import json
import re
import subprocess
from difflib import unified_diff
from functools import cache
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest
from commands import COMMANDS as BY_WORDS
from conftest import ROOT, run_program

from winwinwin import Unjudged, Verdict, WinwinwinError, __version__, read_all
from winwinwin.facts import Setting, word
from winwinwin.kernel.rulebook import builtin
from winwinwin.output.formats import FORMATS, PAGES
from winwinwin.record.interaction import FLAT_PATHS


def script(name: str) -> ModuleType:
    """Import a script of docs/, which is no package."""
    spec = importlib.util.spec_from_file_location(f"docs_{name}", ROOT / "docs" / f"{name}.py")
    assert spec
    assert spec.loader
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


refresh = script("refresh")
picture = script("picture")

TEXTS: dict[str, str] = {
    str(path.relative_to(ROOT)): path.read_text(encoding="utf-8") for path in refresh.DOCUMENTS
}
EVERYTHING = "\n".join(TEXTS.values())
each_document = pytest.mark.parametrize("name", TEXTS)

INSTALL = "python3 -m venv .venv && .venv/bin/pip install . && .venv/bin/winwinwin batch examples/week.yaml"
TEST = "python3 -m venv .venv && .venv/bin/pip install -e '.[test]' && .venv/bin/pytest"

YAML = [
    pytest.param(block, id=f"{name}:{text.count(chr(10), 0, block.start) + 1}")
    for name, text in TEXTS.items()
    for block in refresh.blocks(text)
    if block.language == "yaml" and "mapped" not in block.marks
]

MADE_UP = """\
Before.

```yaml name=made-up.yaml
id: A
```

```console
$ winwinwin --version
$ cat made-up.yaml
$ echo second >&2; echo first; exit 3
$ echo $?
$ echo it > left-behind.txt
```

```python
print(open("left-behind.txt").read(), end="")
```

```text
```

```text
After.
```
"""


class Bench(refresh.Bench):
    """Runs the program in the tests' own process where a command is nothing else; a shell runs the others."""

    PLAIN = re.compile(r"winwinwin( [\w./:=,%-]+)+")

    def shell(self, command: str) -> str:
        if not self.PLAIN.fullmatch(command):
            return str(super().shell(command))
        _, *words = command.split()
        self.status, *texts = run_program(*words, cwd=self.here)
        return "".join(f"{text.rstrip()}\n" for text in texts if text)


@each_document
def test_what_is_shown_is_what_comes_out_now(name: str) -> None:
    shown, now = TEXTS[name].splitlines(), refresh.refreshed(TEXTS[name], Bench).splitlines()
    difference = "\n".join(unified_diff(shown, now, "shown", "now", lineterm="", n=1))
    assert not difference, f"python docs/refresh.py would write:\n{difference}"


@cache
def made_up() -> str:
    return str(refresh.refreshed(MADE_UP))


def test_outputs_are_written_where_they_belong_and_nothing_else_changes() -> None:
    lines = made_up().splitlines()
    written = [line for line in lines if line not in MADE_UP.splitlines()]
    assert written == [f"winwinwin {__version__}", "first", "second", "3", "it"]
    assert made_up().count("id: A") == MADE_UP.count("id: A") + 1
    assert made_up().endswith("```text\nit\n```\n\n```text\nAfter.\n```\n")


@pytest.mark.parametrize(
    ("right", "wrong"),
    [
        ("", ""),
        (__version__, "0.0.0"),
        ("\n3\n$ echo it", "\n0\n$ echo it"),
        ("$ echo $?\n3\n", "$ echo $?\n"),
        ("first\nsecond\n", "second\nfirst\n"),
        ("```console\n", "```console\nstray\n"),
        ("```text\nit\n", "```text\nthat\n"),
        ("```text\nit\n", "```text\n"),
    ],
)
def test_only_what_is_right_stays_as_it_is(right: str, wrong: str) -> None:
    assert right in made_up()
    assert refresh.refreshed(made_up().replace(right, wrong)) == made_up()


@pytest.mark.parametrize(
    "block", ["```console\n$ winwinwim batch\n```", "```python\nraise KeyError\n```"]
)
def test_what_does_not_run_is_never_written_down(block: str) -> None:
    with pytest.raises(RuntimeError):
        refresh.refreshed(block)


@pytest.mark.parametrize("block", YAML)
def test_yaml_is_read_without_a_problem_unless_it_is_marked_as_broken(
    block: Any, tmp_path: Path
) -> None:
    file = tmp_path / "block.yaml"
    file.write_text(block.body, encoding="utf-8")
    items = list(read_all([str(file)]))
    problems = [item for item in items if isinstance(item, Unjudged | WinwinwinError)]
    assert items
    assert bool(problems) == ("broken" in block.marks)


def test_the_two_sh_blocks_of_readme_are_what_ci_runs() -> None:
    shown = [block.body for block in refresh.blocks(TEXTS["README.md"]) if block.language == "sh"]
    assert shown == [f"{INSTALL}\n", f"{TEST}\n"]
    ci = (ROOT / ".ci" / "run").read_text(encoding="utf-8")
    [extract] = [line for line in ci.splitlines() if line.startswith("readme_commands()")]
    for number, commands in enumerate(shown, start=1):
        assert f"readme_commands {number} |" in ci
        run = ["bash", "-c", f"{extract}; readme_commands {number}"]
        assert subprocess.run(run, cwd=ROOT, capture_output=True, text=True, check=True).stdout == (
            commands
        )


COMMANDS = [" ".join(("winwinwin", *words)) for words in BY_WORDS]
OPTIONS = {
    option
    for command in BY_WORDS.values()
    for parameter in command.params
    if parameter.param_type_name == "option"
    for option in (*parameter.opts, *parameter.secondary_opts)
} | {"--help", "-h"}


@pytest.mark.parametrize("command", COMMANDS)
def test_every_command_is_mentioned(command: str) -> None:
    assert re.search(rf"{command}(?![\w-])", EVERYTHING)


@each_document
def test_every_command_that_is_mentioned_is_there(name: str) -> None:
    words = {command.partition(" ")[2].partition(" ")[0] for command in COMMANDS}
    in_code = [code.split() for code in codes([outside_blocks(name)])]
    said = {code[1] for code in in_code if code[0] == "winwinwin" and len(code) > 1}
    assert {word for word in said if not word.startswith("-")} <= words | {"COMMAND"}


@pytest.mark.parametrize("option", sorted(OPTIONS))
def test_every_option_is_mentioned(option: str) -> None:
    assert re.search(rf"(?<![\w-]){option}(?![\w-])", EVERYTHING)


OF_OTHER_PROGRAMS = {"docs/development.md", "docs/benchmarks.md"}
"""Documents that name options of the project's own scripts."""


@pytest.mark.parametrize("name", sorted({*TEXTS} - OF_OTHER_PROGRAMS))
def test_every_option_that_is_mentioned_is_there(name: str) -> None:
    in_code = " ".join(codes([outside_blocks(name)]))
    assert set(re.findall(r"(?<![\w-])--[a-z][a-z-]+", in_code)) <= OPTIONS


def slug(heading: str) -> str:
    """Return the anchor that a heading gets where the documents are shown."""
    return re.sub(r"[^\w\- ]", "", heading.lower()).replace(" ", "-")


def anchors(file: Path) -> set[str]:
    outside = refresh.BLOCK.sub("", file.read_text(encoding="utf-8"))
    return {slug(heading) for heading in re.findall(r"^#+ (.+)$", outside, re.MULTILINE)}


@pytest.mark.parametrize("name", [*TEXTS, "CHANGELOG.md"])
def test_every_link_between_files_leads_somewhere(name: str) -> None:
    text = (ROOT / name).read_text(encoding="utf-8")
    for target in re.findall(r"\]\(([^)]+)\)", refresh.BLOCK.sub("", text)):
        if "://" in target:
            continue
        path, _, anchor = target.partition("#")
        file = (ROOT / name).parent / path if path else ROOT / name
        assert file.is_file(), target
        assert not anchor or anchor in anchors(file), target


def test_the_picture_shows_what_a_terminal_shows_now() -> None:
    drawn = picture.PICTURE.read_text(encoding="utf-8")
    assert picture.words(drawn) == picture.words(picture.draw(picture.screen()))
    assert {"WIN", "LOSE", "beaten-customer"} <= set(picture.words(drawn))
    assert f"]({picture.PICTURE.relative_to(ROOT)})" in TEXTS["README.md"]


def test_the_picture_fetches_nothing() -> None:
    assert "@font-face" not in picture.PICTURE.read_text(encoding="utf-8")


def column(name: str, heading: str, number: int = 0) -> list[str]:
    """Return the cells of a column of the first table under a heading."""
    section = TEXTS[name].partition(f"\n## {heading}\n")[2].partition("\n## ")[0]
    table = re.search(r"(?:^\|.*\n)+", section, re.MULTILINE)
    assert table, heading
    _, _, *rows = table[0].splitlines()
    return [re.split(r"(?<!\\)\|", row)[number + 1].strip() for row in rows]


def codes(cells: list[str]) -> list[str]:
    """Return what stands in code in some cells, in order."""
    return [code for cell in cells for code in re.findall(r"`([^`\n]+)`", cell)]


def outside_blocks(name: str) -> str:
    return str(refresh.BLOCK.sub("", TEXTS[name]))


def output_of(command: str) -> str:
    document = refresh.refreshed(f"```console\n$ {command}\n```")
    return str(document).split("\n", 2)[2].removesuffix("```")


def test_the_table_of_facts_names_all_of_them_in_order() -> None:
    assert codes(column("docs/rules.md", "Facts")) == list(FLAT_PATHS)


def test_the_table_of_assumptions_is_the_rulebook_s() -> None:
    table = "docs/rules.md", "Assumptions"
    shown = zip(codes(column(*table)), column(*table, 1), strict=True)
    assumed = [Setting(a.fact, a.value) for a in builtin().assumptions]
    assert list(shown) == [(fact, word(value)) for fact, value in assumed]


def test_the_table_of_rules_is_the_rulebook_s() -> None:
    table = "docs/rules.md", "Rules in precedence"
    shown = list(zip(column(*table), column(*table, 1), column(*table, 2), strict=True))
    rules = enumerate(builtin().rules, start=1)
    assert shown == [(str(n), f"`{rule.id}`", str(rule.consequence)) for n, rule in rules]


def test_the_table_of_verdicts_names_all_of_them_in_order() -> None:
    assert codes(column("docs/rules.md", "Verdicts")) == list(Verdict)


def test_every_note_is_explained() -> None:
    assert {note.id for note in builtin().notes} <= set(codes([outside_blocks("docs/rules.md")]))


def test_the_table_of_json_keys_is_what_is_written() -> None:
    written = json.loads(output_of("winwinwin batch examples/one.yaml --format jsonl -q"))
    assert codes(column("docs/output.md", "JSON and JSONL")) == list(written)
    inside = codes(column("docs/output.md", "JSON and JSONL", 1))
    rule, *_ = written["rules"]
    assert {*rule, *rule["conditions"][0], *written["about"]} <= set(inside)


def test_the_keys_of_a_record_that_could_not_be_read_are_named() -> None:
    printed = output_of("winwinwin batch examples/broken.yaml --format jsonl -q 2> /dev/null")
    written = json.loads(printed.splitlines()[0])
    section = TEXTS["docs/output.md"].partition("A record that could not be read")[2]
    named = codes([section.partition("\n\n")[0]])
    assert named == ["schema", "id", "verdict", "invalid", "problems", *written["problems"][0]]
    assert list(written) == ["schema", "id", "verdict", "problems"]


def test_the_table_of_csv_columns_is_what_is_written() -> None:
    header = output_of("winwinwin batch examples/one.yaml --format csv -q").splitlines()[0]
    assert codes(column("docs/output.md", "CSV"))[: len(header.split(","))] == header.split(",")


def test_the_table_of_formats_that_every_command_has_is_the_registry_s() -> None:
    table = "docs/command-line.md", "Formats"
    shown = zip(codes(column(*table)), codes(column(*table, 1)), strict=True)
    assert list(shown) == [(name, *FORMATS[name].suffixes) for name in PAGES]


def test_the_table_of_the_other_formats_is_what_each_command_takes() -> None:
    section = TEXTS["docs/command-line.md"].partition("\n## Formats\n")[2].partition("\n## ")[0]
    shown: dict[str, set[str]] = {}
    for commands, formats in re.findall(r"^\| ([^|]+) \| ([^|]+) \|$", section, re.MULTILINE):
        for command in codes([commands]):
            shown.setdefault(command, set()).update(codes([formats]))
    taken = {
        " ".join(words): set(parameter.metavar.split("|")) - set(PAGES)
        for words, command in BY_WORDS.items()
        for parameter in command.params
        if "--format" in parameter.opts
    }
    assert shown == {command: formats for command, formats in taken.items() if formats}


def test_every_file_and_habit_that_development_speaks_of_is_there() -> None:
    mentioned = codes([outside_blocks("docs/development.md")])
    for code in mentioned:
        if re.search(r"\.(py|yaml|md)$|/", code):
            path = code.removeprefix("python ")
            where = (path, f"winwinwin/{path}", f"tests/{path}")
            assert any(list(ROOT.glob(pattern)) for pattern in where), code
    recipes = re.findall(r"^(\w+)[^:\n]*:$", (ROOT / "justfile").read_text("utf-8"), re.MULTILINE)
    told = {code.split()[1] for code in mentioned if code.startswith("just ")}
    assert told == set(recipes) - {"default"}


def test_the_layout_has_a_row_for_every_module() -> None:
    shown = [Path(code).name for code in codes(column("docs/development.md", "Layout"))]
    files = [path.name for path in (ROOT / "winwinwin").iterdir() if path.name[0] not in "_."]
    assert sorted(shown) == sorted(set(files) - {"py.typed"})


def test_the_changelog_speaks_of_this_version() -> None:
    changelog = (ROOT / "CHANGELOG.md").read_text(encoding="utf-8")
    assert f"## [{__version__}] - " in changelog
