"""The core: what a change is, who hears of it and in which words. It does no I/O."""
