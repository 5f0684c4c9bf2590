"""What a finished file holds besides its pages: identification, colours for a press, links to its structure."""
