"""The live frontend: one calm page at a time, with Rich and prompt_toolkit."""
