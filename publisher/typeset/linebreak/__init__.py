"""The lines of a paragraph by the Chinese rules: where they break, how they are justified, how they are painted."""
