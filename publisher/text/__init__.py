"""What every stage knows of text: its characters, its changes, its numbers and its days."""
