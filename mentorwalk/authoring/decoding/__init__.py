"""From nodes to the values of an agenda, and what does not fit."""
