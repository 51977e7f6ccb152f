"""From lines to nodes: reading YAML past its faults, each with its place and what would mend it."""
