"""One verb each. The only code that orders steps; it decides nothing by itself."""
