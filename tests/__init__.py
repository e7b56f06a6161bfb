"""The tests mirror the source; ``fakes`` are servers, ``contracts`` are suites over a port."""
