"""A trial on paper, by typst, with fonts of its own."""
