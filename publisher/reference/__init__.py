"""Knowledge of the field as data: official forms, units, and labels of web pages."""
