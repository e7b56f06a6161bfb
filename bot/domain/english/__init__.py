"""The English catalogue: every sentence that people read, whole, with named placeholders.

It is one catalogue in several files. Another language is another package with the same keys.
"""

from __future__ import annotations

from bot.domain.english.answers import ANSWERS
from bot.domain.english.cards import CARDS
from bot.domain.english.changes import CHANGES
from bot.domain.english.choosing import CHOOSING
from bot.domain.english.commands import COMMANDS
from bot.domain.english.digests import DIGESTS
from bot.domain.english.explaining import EXPLAINING
from bot.domain.english.feeds import FEEDS
from bot.domain.english.held import HELD
from bot.domain.english.leaving import LEAVING
from bot.domain.english.managing import MANAGING
from bot.domain.english.operating import OPERATING
from bot.domain.english.plain_asking import PLAIN_ASKING
from bot.domain.english.plain_card import PLAIN_CARD
from bot.domain.english.plain_join import PLAIN_JOIN
from bot.domain.english.plain_tested import PLAIN_TESTED
from bot.domain.english.running import RUNNING
from bot.domain.english.searching import SEARCHING
from bot.domain.english.setting_up import SETTING_UP
from bot.domain.english.status import STATUS
from bot.domain.english.talking import TALKING
from bot.domain.english.values import VALUES
from bot.domain.english.wording import WORDING

SENTENCES = {
    **STATUS,
    **CHANGES,
    **DIGESTS,
    **CARDS,
    **PLAIN_CARD,
    **PLAIN_TESTED,
    **PLAIN_ASKING,
    **PLAIN_JOIN,
    **ANSWERS,
    **MANAGING,
    **CHOOSING,
    **EXPLAINING,
    **RUNNING,
    **TALKING,
    **VALUES,
    **WORDING,
    **HELD,
    **OPERATING,
    **SETTING_UP,
    **SEARCHING,
    **FEEDS,
    **LEAVING,
    **COMMANDS,
}
