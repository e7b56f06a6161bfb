"""Fields that no rule reads are equal exactly when a reader would call them so."""

from __future__ import annotations

import re
from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from adapters.ctgov.other_fields import other_fields
from tests.adapters.ctgov.answers import encoded, study

texts = st.text(
    st.sampled_from("abc  \n<>[]*_~.,&é"), max_size=30
)  # no backslash: a raw one has no one reading
values = st.recursive(
    texts | st.booleans() | st.integers(-9, 9),
    lambda inner: (
        st.lists(inner, max_size=4)
        | st.dictionaries(st.sampled_from(["label", "url", "type"]), inner, max_size=3)
    ),
    max_leaves=12,
)


def escaped(text: str) -> str:
    """As the registry would write it in a marked-up field, spaced as somebody else likes it."""
    marked = re.sub(r"([<>\[\]*_~&])", r"\\\1", text)
    return marked.replace(" ", "  \n ")


@st.composite
def reworded(draw: st.DrawFn, value: Any) -> Any:
    """The same value to a reader: other escapes, white space and order."""
    if isinstance(value, str):
        return escaped(value) if draw(st.booleans()) else value
    if isinstance(value, list):
        return draw(st.permutations([draw(reworded(item)) for item in value]))
    if isinstance(value, dict):
        items = [(key, draw(reworded(item))) for key, item in value.items()]
        return dict(draw(st.permutations(items)))
    return value


@given(st.data(), st.dictionaries(st.sampled_from(["a", "b", "c"]), values, max_size=3))
def test_escapes_white_space_and_order_make_no_difference(
    data: st.DataObject, fields: dict[str, Any]
) -> None:
    """A mass reformatting of the registry's text is no change."""
    again = data.draw(reworded(fields))
    before = other_fields(encoded(study(tomorrowModule=fields)))
    assert other_fields(encoded(study(tomorrowModule=again))) == before


@given(st.lists(st.sampled_from(["x", "y", "z"]), min_size=1), st.sampled_from(["v", "w"]))
def test_a_value_that_is_new_makes_a_difference(values: list[str], new: str) -> None:
    """What a reader would call a change is one."""
    before = other_fields(encoded(study(tomorrowModule={"references": values})))
    after = other_fields(encoded(study(tomorrowModule={"references": [*values, new]})))
    assert before != after


def test_an_empty_field_is_an_absent_one() -> None:
    """A list that became empty says as little as no list."""
    assert other_fields(encoded(study(tomorrowModule={"a": [], "b": "", "c": {}, "d": None}))) == ()
