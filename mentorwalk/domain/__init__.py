"""Values and rules: frozen, pure, with nothing but the standard library."""
