"""What the registry or a person wrote, shown as it is written."""

from __future__ import annotations

import re

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from adapters.discord.markup import UNSEEN, escape, fit, pieces, units
from tests.fakes.discord.reader import markup, plain

ODD = st.lists(
    st.sampled_from(
        (
            *(
                "*",
                "_",
                "__",
                "`",
                "```",
                "~~",
                "||",
                "\\",
                "\n",
                "\r",
                "\u2028",
                " ",
                "\t",
                "\xa0",
            ),
            *("# ", "### ", "-# ", "- ", "> ", ">>> ", "1. ", "12) ", "+ ", "* ", "[", "](", ")"),
            *("<@1>", "<@&1>", "<#1>", "<t:0:R>", "<:a:1>", "</trial:1>", "<id:home>", "<", ">"),
            *("@everyone", "@here", ":smile:", ":", "https://", "http://a.org/_b_", "steam://x"),
            *("<https://a.org>", "<mailto:a@b.org>", "a", "Z", "é", "\U0001f514", "9", "≥"),
        )
    ),
    max_size=25,
).map("".join)
TEXTS = ODD | st.text(max_size=80) | st.tuples(ODD, st.text(max_size=20), ODD).map("".join)
LINE_ENDS = re.compile(r"\r\n?|[\v\f\x1c-\x1e\x85\u2028\u2029]")


@pytest.mark.parametrize(
    ("written", "sent"),
    [
        ("**bold** _x_", r"\*\*bold\*\* \_x\_"),
        ("> quoted", r"\> quoted"),
        ("# heading\n -# small\n1. one\n- two", "\\# heading\n \\-# small\n1\\. one\n\\- two"),
        ("[click](https://example.org)", r"\[click\](https://example.org)"),
        ("<#123456789012345678> <t:0> <:a:1>", r"\<#123456789012345678> \<t:0> \<\:a:1>"),
        ("Hb < 9 g/dL; 10 - 20 #3", r"Hb \< 9 g/dL; 10 - 20 #3"),
        ("see https://example.org/a_b_c", "see https://example.org/a_b_c"),
        ("https://example.org/*a*", r"https\://example.org/\*a\*"),
        ("a\r\nb\u2028- c", "a\nb\n\\- c"),
        (":smile: at 10:30", r"\:smile: at 10:30"),
        ("@everyone", "@\u200beveryone"),
    ],
)
def test_text_is_disarmed(written: str, sent: str) -> None:
    """Signs that would begin some markup get a backslash, and only those."""
    assert escape(written) == sent


@given(text=TEXTS)
@example(text="https://a.org/*b_c* _d_")
@example(text="https://a.org/b<https://c.org>")
@example(text="https://a.org/@everyone")
@example(text="\u3000# a")
@example(text="::a::b:")
def test_nothing_that_was_written_is_markup(text: str) -> None:
    """A client shows every sign of it, and nothing but an address becomes a link."""
    sent = escape(text)
    assert markup(sent) <= {"url"}
    shown = plain(sent).replace(UNSEEN, "")
    assert shown == LINE_ENDS.sub("\n", text).replace(UNSEEN, "")


@given(text=TEXTS, limit=st.integers(4, 60))
def test_no_cut_arms_what_was_disarmed(text: str, limit: int) -> None:
    """Each piece is short enough and as plain as the whole, and together they say it."""
    line = " ".join(text.split())
    cut = list(pieces(line, limit))
    assert all(units(piece) <= limit for piece in cut)
    assert all(markup(piece) <= {"url"} for piece in cut)
    shown = "".join(plain(piece) for piece in cut).replace(UNSEEN, "").replace(" ", "")
    assert shown == line.replace(UNSEEN, "").replace(" ", "")
    assert units(fit(text, limit)) <= limit


@pytest.mark.parametrize(
    ("text", "kinds"),
    [
        ("## [a](https://b.org)", {"h2", "link"}),
        ("-# small **b** __u__ *i* _i_ ~~s~~ ||x||", {"small", "strong", "underlined"}),
        ("> a\n- b\n1. c", {"quote", "item"}),
        ("`a` <@1> <t:0:R> </x y:1> :x: @here", {"code", "mention", "command", "emoji"}),
        ("https://a.org/_x_", {"url"}),
        ("```a```", {"code"}),
    ],
)
def test_the_reader_sees_what_is_markup(text: str, kinds: set[str]) -> None:
    """What was not disarmed would be found."""
    assert kinds <= markup(text)
