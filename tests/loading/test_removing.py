"""Taking the last record of a file back: what goes, and that nothing else does."""

from pathlib import Path

import pytest
from conftest import Run
from hypothesis import given, settings
from hypothesis import strategies as st
from yaml_files import FILES

from winwinwin import Interaction, WinwinwinError
from winwinwin.cli import keeping as record
from winwinwin.loading.appending import appended
from winwinwin.loading.removing import cut

WON = Interaction(id="N-1", salesperson="won", customer="lost")

ENDINGS = [
    "",
    "\n",
    "\n\n",
    "\r\n",
    "  ",
    "\n  \n",
    "# c",
    "\n# c\n",
    "\n\n- {id: Z}",
    "\n\n- {id: Z}\n\n",
]


@pytest.mark.parametrize("ending", ENDINGS)
@pytest.mark.parametrize("name", FILES)
def test_what_is_added_and_taken_back_leaves_the_very_same_bytes(name: str, ending: str) -> None:
    contents = [FILES[name] + ending]
    for number in range(3):
        try:
            record = WON.model_copy(update={"id": f"N-{number}"})
            contents.append(appended(contents[-1], record, "week.yaml"))
        except WinwinwinError:
            assert number == 0
            assert ending.startswith(("\n\n- {", "  "))  # an item left of its list, or no end
            return
    while contents[1:]:
        found = cut(contents.pop(), "week.yaml")
        assert found.kept == contents[-1]
        assert found.removed.lstrip().startswith("- id: N-")


FRAGMENTS = [
    *("- id: A\n", "  - id: B\n", "  salesperson: won\n", "    customer: lost\n", "- {id: C}\n"),
    *("  notes: |\n    said\n", "  notes: |+\n    said\n", "  notes: >-\n    said\n", "-\n"),
    *(
        "\n",
        "  \n",
        "\r\n",
        "# c\n",
        "  # c\n",
        "  #",
        "interactions:\n",
        "---\n",
        "- id: D",
        "\ufeff",
    ),
    *("    - said\n", "  notes: 'so\n    on'\n", "- &a {id: E}\n", "- *a\n", "- # c\n  id: F\n"),
]


@settings(deadline=None, max_examples=500)
@given(st.lists(st.sampled_from(FRAGMENTS), max_size=7).map("".join))
def test_every_file_that_takes_a_record_gives_it_back_to_the_byte(old: str) -> None:
    try:
        new = appended(old, WON, "week.yaml")
    except WinwinwinError:
        return
    assert cut(new, "week.yaml").kept == old


TAKEN_BACK = {
    "- id: A\n- id: B  # by hand\n  # within\n  notes: |\n    said\n\n    - this\n# end": (
        "- id: A\n# end",
        "- id: B  # by hand\n  # within\n  notes: |\n    said\n\n    - this\n",
    ),
    "- id: A\n\n# about B\n- {id: B,\n   customer: won} # so\n\n": (
        "- id: A\n\n# about B\n\n",
        "- {id: B,\n   customer: won} # so\n",
    ),
    "-\n  id: A\n- # first\n  id: B\n": ("-\n  id: A\n", "- # first\n  id: B\n"),
    "\ufeff- id: A": ("\ufeff", "- id: A"),
    "# top\ninteractions:\n  - id: A\n": ("# top\ninteractions:\n", "  - id: A\n"),
    "- &a {id: A}\n- *a\n": ("- &a {id: A}\n", "- *a\n"),
    "- id: A\n- customer: wun\n": ("- id: A\n", "- customer: wun\n"),
    "- id: A\n-\n": ("- id: A\n", "-\n"),
}


@pytest.mark.parametrize("content", TAKEN_BACK)
def test_a_record_written_by_hand_is_taken_back_and_comments_around_it_stay(
    run: Run, tmp_path: Path, content: str
) -> None:
    file = tmp_path / "w.yaml"
    file.write_text(content)
    kept, removed = TAKEN_BACK[content]
    done = run("record", "--undo", "--yes", "--to", file)
    assert done == (0, removed.rstrip("\n") + "\n", f"Removed from {file}.\n")
    assert file.read_text() == kept


NOT_TAKEN_BACK = {
    "": "holds no record to take back.",
    "interactions:\n": "holds no record to take back.",
    "# only this\n": "holds no record to take back.",
    "[{id: A}]\n": "holds its list in brackets. Remove the record by hand.",
    "- {id: A}\n---\n- {id: B}\n": "holds several documents. Remove the record by hand.",
    "- {id: A}\n...\n": "is closed by '...'. Remove the record by hand.",
    "id: A\n": "holds no list of records. Remove the record by hand.",
    "interactions:\n- id: A\nother: 1\n": "holds more than a list of records. Remove the record by hand.",
    "- id: A\n- ? id\n  :\n": "does not end with a record that can be cut out.",
    "- {id: A\n": "f.yaml:1:3: not YAML",
}


@pytest.mark.parametrize("content", NOT_TAKEN_BACK)
def test_a_file_without_a_record_at_its_end_is_refused_and_kept(
    run: Run, tmp_path: Path, content: str
) -> None:
    file = tmp_path / "f.yaml"
    file.write_text(content)
    done = run("record", "--undo", "--yes", "--to", "f.yaml", cwd=tmp_path)
    assert (done.code, done.out) == (2, "")
    assert NOT_TAKEN_BACK[content] in done.err
    assert file.read_text() == content


def test_there_is_nothing_to_take_back_in_a_file_that_is_not_there(
    run: Run, tmp_path: Path
) -> None:
    (tmp_path / "week.yaml").touch()
    done = run("record", "--undo", "--to", "weak.yaml", cwd=tmp_path)
    assert done.code == 2
    assert "Did you mean 'week.yaml'?" in done.err


@pytest.mark.parametrize(
    ("answers", "code", "said"),
    [
        ("yes\n", 0, "Removed from w.yaml."),
        ("yse\n?\ny\n", 0, "Removed from w.yaml."),
        ("n\n", 0, "Nothing was removed."),
        ("", 2, "The answers ended early; nothing was removed."),
    ],
)
def test_a_record_is_taken_back_only_after_a_yes(
    run: Run, tmp_path: Path, answers: str, code: int, said: str
) -> None:
    file = tmp_path / "w.yaml"
    file.write_text("- id: A\n")
    done = run("record", "--undo", "--to", "w.yaml", cwd=tmp_path, stdin=answers)
    assert (done.code, done.out, done.err.splitlines()[-1]) == (code, "- id: A\n", said)
    assert file.read_text() == ("" if said.startswith("Removed") else "- id: A\n")
    assert ("'yse' is neither yes nor no. (yes, y or no, n)" in done.err) == ("yse" in answers)


def test_a_file_that_changed_while_the_question_was_open_is_kept(
    run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    file = tmp_path / "w.yaml"
    file.write_text("- id: A\n")

    def while_somebody_writes(*_: object) -> bool:
        file.write_text("- id: A\n- id: THEIRS\n")
        return True

    monkeypatch.setattr(record, "confirmed", while_somebody_writes)
    done = run("record", "--undo", "--to", "w.yaml", cwd=tmp_path)
    assert (done.code, done.err) == (
        2,
        "w.yaml: was changed meanwhile; nothing was removed. Try again.\n",
    )
    assert file.read_text() == "- id: A\n- id: THEIRS\n"


@pytest.mark.parametrize(
    ("flags", "said"),
    [
        (
            ["--undo", "--id", "A"],
            "--id: not with --undo. Leave it out: --undo takes back the last record.",
        ),
        *(
            (
                ["--undo", *flags],
                f"{flags[0]}: not with --undo. Leave it out: --undo takes back the last record.",
            )
            for flags in (
                ["--format", "json"],
                ["--format", "text"],
                ["--output", "x.json"],
                ["--rulebook", "house.yaml"],
                ["--no-assumptions"],
            )
        ),
        (
            ["--undo", "-o", "x.json", "--yes"],
            "--output: not with --undo. Leave it out: --undo takes back the last record.",
        ),
        (["--yes"], "--yes: goes with --undo only. Leave it out, or add --undo."),
    ],
)
def test_flags_that_do_not_go_together_are_refused(
    run: Run, tmp_path: Path, flags: list[str], said: str
) -> None:
    assert run("record", "--to", tmp_path / "w.yaml", *flags) == (2, "", said + "\n")


def test_defaults_that_a_file_sets_for_a_new_record_leave_undo_alone(
    run: Run, tmp_path: Path
) -> None:
    (tmp_path / "winwinwin.toml").write_text('[record]\nchannel = "store"\nformat = "json"\n')
    (tmp_path / "w.yaml").write_text("- id: A\n- id: B\n")
    done = run("record", "--undo", "--yes", "--to", "w.yaml", cwd=tmp_path)
    assert (done.code, done.out) == (0, "- id: B\n")
    assert (tmp_path / "w.yaml").read_text() == "- id: A\n"
