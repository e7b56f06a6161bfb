"""Ten trials that were made up to be read as cards, one of each kind that people meet."""

from __future__ import annotations

from tests.bot.domain.cards.golden_ended import RESULTS, TERMINATED, UNKNOWN, WITHDRAWN
from tests.bot.domain.cards.golden_open import DEVICE, MANY_SITES, NO_HEADINGS, PHASE_1
from tests.bot.domain.cards.golden_watching import EXPANDED_ACCESS, REGISTRY

RECORDS = {
    "phase-1-oncology": PHASE_1,
    "withdrawn": WITHDRAWN,
    "terminated": TERMINATED,
    "unknown": UNKNOWN,
    "registry": REGISTRY,
    "expanded-access": EXPANDED_ACCESS,
    "device": DEVICE,
    "results": RESULTS,
    "many-sites": MANY_SITES,
    "no-headings": NO_HEADINGS,
}
"""By the name of the file that shows the card."""
