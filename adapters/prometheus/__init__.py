"""What an operator's tools ask: metrics for Prometheus, and whether this process is well."""
