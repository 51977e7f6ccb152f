"""The walk through an agenda: show a card, let people talk, record what they want."""
