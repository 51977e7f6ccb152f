"""What a command does, as functions that know no terminal."""
