"""Cities, known offline: a cut of GeoNames, read by binary search and never unpacked whole."""
