"""How long what is done is kept. Nothing that is still owed is ever among it."""

from __future__ import annotations

from datetime import timedelta
from typing import Final

SENT: Final = timedelta(days=30)
"""A message that was sent, perhaps sent, or dropped after a restore's doubt: long enough to answer
"was I told?" and to count a month; it says who follows what, so it is not kept for ever."""

MOOT: Final = timedelta(days=7)
"""A debt that came to nothing: only of use while somebody wonders why nothing came."""

DEAD: Final = timedelta(days=180)
"""A message that was given up: the operator may be away for a while, and can still send it."""

OCCURRENCE: Final = timedelta(days=90)
"""What happened, once no message of it is kept. It is what keeps the same thing from being owed
again, so it outlives its messages by two months, and always its data day's reading."""

SET_ASIDE: Final = timedelta(days=90)
"""A record that could not be read: it comes again with each version, and old ones say nothing."""
