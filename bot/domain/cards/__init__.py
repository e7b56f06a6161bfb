"""The card of a trial, a file for each of its sections; made from fields, never from prose."""
