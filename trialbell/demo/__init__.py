"""A registry in small that changes while somebody watches: records and the days of its story."""
