"""What is known of the field, as data: the official forms, units, and the labels of web pages."""
