"""The format: its keys, as the annotations of its values have them, and what ids look like."""
