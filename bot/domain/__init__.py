"""Values and rules. Everything here is pure: the same values in give the same values out."""
