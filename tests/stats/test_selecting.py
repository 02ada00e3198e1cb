"""Which interactions are looked at, by what is recorded of them."""

from datetime import date

from hypothesis import given
from hypothesis import strategies as st

from winwinwin.record.described import Described
from winwinwin.stats.selecting import Selection, alternatives

WHO = st.sampled_from([None, "", "Mateo", "Linh"])
DAYS = st.dates(date(2026, 11, 1), date(2026, 11, 5)) | st.none()
ABOUTS = st.builds(
    Described, employee=WHO, channel=WHO, date=DAYS, tags=st.dictionaries(st.just("x"), WHO)
)
ONLY = st.dictionaries(
    st.sampled_from(["employee", "channel", "tags.x", "day"]),
    st.lists(st.sampled_from([None, "Mateo", "Linh", "2026-11-03"]), min_size=1).map(tuple),
)
SELECTIONS = st.builds(Selection, only=ONLY, since=DAYS, until=DAYS)


@given(about=ABOUTS, selection=SELECTIONS)
def test_dimensions_all_hold_and_values_are_alternatives(
    about: Described, selection: Selection
) -> None:
    values = {
        "employee": about.employee or None,
        "channel": about.channel or None,
        "tags.x": about.tags.get("x") or None,
        "day": about.date.isoformat() if about.date else None,
    }
    fits = all(values[by] in several for by, several in selection.only.items())
    dated = not (selection.since or selection.until) or (
        about.date is not None
        and (selection.since is None or selection.since <= about.date)
        and (selection.until is None or about.date <= selection.until)
    )
    assert selection.keeps(about) is (fits and dated)
    assert selection.keeps_undated(about) is fits


@given(about=ABOUTS, selection=SELECTIONS, unread=st.sets(st.sampled_from(["employee", "date"])))
def test_what_could_not_be_read_may_be_anything(
    about: Described, selection: Selection, unread: set[str]
) -> None:
    may = selection.keeps(about, unread)
    assert may or not selection.keeps(about)
    only = {by: each for by, each in selection.only.items() if by not in {*unread, "day"}}
    if "date" in unread:
        assert may is Selection(only).keeps(about, unread)


def test_a_selection_of_nothing_is_of_all() -> None:
    assert Selection().is_all
    assert not Selection(since=date(2026, 11, 1)).is_all
    assert alternatives(
        [("employee", "A"), ("day", None), ("employee", "B"), ("employee", "A")]
    ) == {
        "employee": ("A", "B"),
        "day": (None,),
    }
