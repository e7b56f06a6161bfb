"""The rows of the catalogue, a file for each part of the record."""
