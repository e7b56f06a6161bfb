"""The database room, where the contract suites do not reach."""
