"""What must hold between the values of an agenda: each module looks at one thing."""
