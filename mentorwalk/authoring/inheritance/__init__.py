"""An agenda that extends another: merged with it, and told about where its author wrote."""
