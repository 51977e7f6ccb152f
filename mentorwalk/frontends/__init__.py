"""Ways to show cards and to ask: live on a terminal, plain line by line, scripted from a file."""
