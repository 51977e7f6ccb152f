"""What deserves a minute of whoever wrote an agenda that can be walked."""
