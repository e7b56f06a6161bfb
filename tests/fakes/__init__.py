"""Servers and stand-ins that speak a platform's own protocol."""
