"""The text behind every place: what is kept, what is let go, and what is no text at all."""

import io

import pytest
from hypothesis import given
from hypothesis import strategies as st
from reading import expect_report, expected

from winwinwin.errors import SHOWN, Place, UnreadableError
from winwinwin.parsing.tape import CHUNK, MOST_ILLEGAL, Tape


def tape_of(content: str | bytes) -> Tape:
    raw = content.encode() if isinstance(content, str) else content
    return Tape(io.BytesIO(raw), "week.yaml")


def read_by(size: int, content: bytes) -> str:
    tape = tape_of(content)
    return "".join(iter(lambda: tape.read(size), ""))


@pytest.mark.parametrize("size", [1, 2, 3, CHUNK])
@pytest.mark.parametrize(
    ("content", "text"),
    [
        (b"", ""),
        (b"won", "won"),
        (b"\xef\xbb\xbfwon", "won"),
        (b"a\n\xef\xbb\xbfwon\r\n\xef\xbb\xbf", "a\nwon\n"),
        (b"a\r\nb\rc\nd\r", "a\nb\nc\nd\n"),
        ("wün 日本 😀".encode(), "wün 日本 😀"),
        (b"\r\r\n\n", "\n\n\n"),
    ],
    ids=[
        "empty",
        "plain",
        "byte-order mark",
        "marks of joined files",
        "line ends",
        "wide",
        "line ends only",
    ],
)
def test_text_is_the_same_however_it_arrives(content: bytes, text: str, size: int) -> None:
    assert read_by(size, content) == text

    tape = tape_of(content)
    begun = tape.first_line()
    assert content.startswith(begun)
    assert begun.count(b"\n") == (b"\n" in content)
    assert "".join(iter(lambda: tape.read(size), "")) == text
    assert tape.end == len(text)


def test_of_a_long_line_only_a_chunk_is_looked_at() -> None:
    tape = tape_of("x" * (CHUNK + 5))
    assert len(tape.first_line()) == CHUNK
    assert len(tape.read_all()) == CHUNK + 5


def test_the_end_is_the_end() -> None:
    tape = tape_of("won")
    assert tape.read_all() == "won"
    assert tape.read() == ""
    assert tape.end == 3


class Typed(io.BytesIO):
    """What somebody types, who would have to end it as often as it is asked for more."""

    ends = 0

    def read(self, size: int | None = -1) -> bytes:
        found = super().read(size)
        self.ends += not found
        return found


def test_a_stream_that_has_ended_is_not_asked_again() -> None:
    typed = Typed(b"a: 1\nb: 2\n")
    tape = Tape(typed, "-")
    assert tape.first_line() == b"a: 1\n"
    assert tape.read_all() == "a: 1\nb: 2\n"
    assert (tape.read(), tape.following(tape.end), typed.ends) == ("", "", 1)


def test_a_stretch_can_be_read_again_until_it_is_let_go() -> None:
    tape = tape_of("abcdefghij")
    while tape.read(4):
        pass
    assert tape.text(0, 10) == "abcdefghij"
    assert tape.text(3, 5) == "de"
    assert tape.text(7, 99) == "hij"
    assert tape.text(5, 5) == ""
    tape.let_go(7)
    assert tape.text(0, 10) == "efghij"
    assert tape.text(4, 6) == "ef"


def test_only_whole_chunks_are_let_go() -> None:
    tape = tape_of("abcdefghij")
    while tape.read(4):
        pass
    tape.let_go(3)
    assert tape.text(0, 10) == "abcdefghij"
    tape.let_go(4)
    assert tape.text(0, 10) == "efghij"
    tape.let_go(99)
    assert tape.text(0, 10) == ""


def test_what_follows_comes_from_memory_first() -> None:
    tape = tape_of("abcdefgh")
    tape.read(3)
    tape.read(3)
    assert tape.following(1) == "bc"
    assert tape.following(3) == "def"
    assert tape.following(6) == "gh"
    assert tape.following(8) == ""


@pytest.mark.parametrize("size", [1, 2, 5, CHUNK])
@pytest.mark.parametrize("let_go", [0, 4, 8])
def test_a_place_is_right_wherever_the_chunks_end(size: int, let_go: int) -> None:
    tape = tape_of("one\ntwo wün\n\nthree\r\nfour")
    while tape.read(size):
        pass
    tape.let_go(let_go)
    start = 0 if size == CHUNK else let_go - let_go % size  # of what is kept
    shown = "two wün"[max(start - 4, 0) :]
    assert tape.place(8) == Place("week.yaml", 2, 5, shown, 8 - max(start, 4))
    assert tape.place(13) == Place("week.yaml", 4, 1, "three", 0)
    assert tape.place(15) == Place("week.yaml", 4, 3, "three", 2)
    assert tape.place(12) == Place("week.yaml", 3, 1, "", 0)
    assert tape.place(23) == Place("week.yaml", 5, 5, "four", 4)


def test_places_can_be_asked_for_in_any_order() -> None:
    tape = tape_of("one\ntwo\nthree\n")
    tape.read_all()
    asked = [9, 0, 5, 13, 5, 4, 14]
    assert [(tape.place(at).line, tape.place(at).column) for at in asked] == [
        (3, 2), (1, 1), (2, 2), (3, 6), (2, 2), (2, 1), (4, 1),
    ]  # fmt: skip


def test_a_long_line_is_shown_around_the_place() -> None:
    tape = tape_of("x" * 5000 + "HERE" + "y" * 5000)
    tape.read_all()
    place = tape.place(5000)
    assert (place.line, place.column, place.caret) == (1, 5001, SHOWN)
    assert place.text == "x" * SHOWN + "HERE" + "y" * (SHOWN - 4)


def test_a_place_on_a_line_whose_start_is_gone_still_has_its_column() -> None:
    tape = tape_of("one\n" + "x" * 100 + "HERE")
    while tape.read(10):
        pass
    tape.let_go(100)
    place = tape.place(104)
    assert (place.line, place.column) == (2, 101)
    assert place.text == "xxxxHERE"
    assert place.text[place.caret :] == "HERE"


@given(st.text(max_size=60), st.integers(1, 9), st.data())
def test_every_place_is_where_its_character_is(text: str, size: int, data: st.DataObject) -> None:
    tape = tape_of(text.encode("utf-8", "replace"))
    read = "".join(iter(lambda: tape.read(size), ""))
    at = data.draw(st.integers(0, len(read)))
    tape.let_go(data.draw(st.integers(0, at)))
    place = tape.place(at)
    before = read[:at]
    assert place.line == before.count("\n") + 1
    assert place.column == len(before) - (before.rfind("\n") + 1) + 1
    assert place.text is not None
    assert place.text[place.caret :] == read[at:].partition("\n")[0][:SHOWN]


@pytest.mark.parametrize(
    ("content", "read", "words"),
    [
        (
            b"\xff",
            "",
            """
            week.yaml:1:1: byte 0xff is not UTF-8. Save the file as UTF-8.
                1 |
                  | ^""",
        ),
        (
            b"id: 1\ncaf\xe9: won",
            "id: 1\ncaf",
            """
            week.yaml:2:4: byte 0xe9 is not UTF-8. Save the file as UTF-8.
                2 | caf
                  |    ^""",
        ),
        (
            b"a\rb\r\nc\r\x80",
            "a\nb\nc\n",
            """
            week.yaml:4:1: byte 0x80 is not UTF-8. Save the file as UTF-8.
                4 |
                  | ^""",
        ),
        (
            b"\xef\xbb\xbfw\xc3",
            "w",
            """
            week.yaml:1:2: byte 0xc3 is not UTF-8. Save the file as UTF-8.
                1 | w
                  |  ^""",
        ),
    ],
    ids=["first byte", "Latin-1", "after every line end", "cut off"],
)
@pytest.mark.parametrize("size", [1, 3, CHUNK])
def test_bytes_that_are_not_utf8_are_placed(
    content: bytes, read: str, words: str, size: int
) -> None:
    tape = tape_of(content)
    parts = []
    with pytest.raises(UnreadableError) as error:  # noqa: PT012  # what came before is read first
        while True:
            parts.append(tape.read(size))
    assert "".join(parts) == read
    assert str(error.value) + "\n" == expected(words) + "\n"


def test_records_before_bytes_that_are_not_utf8_are_read() -> None:
    expect_report(
        b"- id: 1\n- id: 2\n- id: caf\xe9\n- id: 4\n",
        """
        line 1: 1
        line 2: 2
        unreadable:
        week.yaml:3:10: byte 0xe9 is not UTF-8. Save the file as UTF-8.
            3 | - id: caf
              |          ^
        """,
    )


def test_utf16_is_told_from_utf8_by_its_mark() -> None:
    expect_report(
        "- id: 1\n".encode("utf-16"),
        """
        unreadable:
        week.yaml:1:1: byte 0xff is not UTF-8. Save the file as UTF-8.
            1 |
              | ^
        """,
    )


@pytest.mark.parametrize("form", ["yaml", "json", "jsonl"])
@pytest.mark.parametrize(
    "character",
    ["\x00", "\x07", "\x08", "\x0b", "\x0c", "\x1b", "\x1f", "\x7f", "\x80", "\x9f", "\ufffe"],
)
def test_a_character_that_is_not_text_costs_its_record(character: str, form: str) -> None:
    expect_report(
        f'{{"id": "a{character}b"}}\n',
        f"""
        invalid: a\ufffdb
        week.{form}:1:10: character U+{ord(character):04X} is not text. Remove it.
            1 | {{"id": "a\ufffdb"}}
              |          ^
        """,
        form,
    )


def test_characters_that_are_not_text_are_reported_once_for_a_record() -> None:
    expect_report(
        "- id: 1\n  notes: a\x07b\x00\n- id: 2\n- id: 3\n  notes: \x1b[1m\n",
        """
        invalid: 1
        week.yaml:2:11: character U+0007 is not text (the first of 2). Remove it.
            2 |   notes: a\ufffdb\ufffd
              |           ^
        line 3: 2
        invalid: 3
        week.yaml:5:10: character U+001B is not text. Remove it.
            5 |   notes: \ufffd[1m
              |          ^
        """,
    )


def test_a_control_character_is_seen_where_a_chunk_ends() -> None:
    record = "- id: \u0081\n"
    content = ("#" * (CHUNK - len("\n- id: ") - 1) + "\n" + record).encode()
    assert content[CHUNK - 1 : CHUNK + 1] == "\u0081".encode()
    expect_report(
        content,
        """
        invalid: \ufffd
        week.yaml:2:7: character U+0081 is not text. Remove it.
            2 | - id: \ufffd
              |       ^
        """,
    )


@pytest.mark.parametrize(
    "content",
    [
        "\ufeff- id: 1\n\ufeff- id: 2\n",
        "- id: 1\r\n\ufeff- id: 2",
        "\ufeffid: 1\n---\n\ufeffid: 2\n",
        "\ufeff---\nid: 1\n\ufeff---\nid: 2\n",
    ],
)
def test_the_byte_order_marks_of_files_that_were_joined_are_passed_over(content: str) -> None:
    lines = [line for line, text in enumerate(content.splitlines(), start=1) if "id" in text]
    expect_report(content, "".join(f"line {line}: {n}\n" for n, line in enumerate(lines, start=1)))


def test_a_byte_order_mark_within_a_line_is_not_text() -> None:
    expect_report(
        "- id: a\ufeff\n",
        """
        invalid: a\ufffd
        week.yaml:1:8: character U+FEFF is not text. Remove it.
            1 | - id: a\ufffd
              |        ^
        """,
    )


@pytest.mark.parametrize("form", ["yaml", "json", "jsonl"])
@pytest.mark.parametrize(
    "content",
    [b"\0" * 50_000, ("- id: 1\n" * 20_000).encode("utf-16-le"), bytes(range(32)) * 5000],
    ids=["zeros", "UTF-16 without a mark", "binary"],
)
def test_a_file_that_is_not_text_is_refused_with_few_words(content: bytes, form: str) -> None:
    expect_report(
        content,
        f"""
        unreadable:
        week.{form}: holds more than {MOST_ILLEGAL:,} characters that are not text. Save the file as UTF-8.
        """,
        form,
    )


@given(st.text(min_size=1, max_size=20), st.sampled_from("é€😀"), st.data())
@pytest.mark.parametrize("size", [1, 3, CHUNK])
def test_a_text_that_ends_inside_a_character_is_not_whole(
    size: int, before: str, last: str, data: st.DataObject
) -> None:
    kept = before.replace("\r", " ").encode(errors="ignore")
    cut = data.draw(st.integers(1, len(last.encode()) - 1))
    with pytest.raises(UnreadableError, match="is not UTF-8") as caught:
        read_by(size, kept + last.encode()[:cut])
    [problem] = caught.value.problems
    assert problem.place is not None
    assert problem.place.line == kept.count(b"\n") + 1
