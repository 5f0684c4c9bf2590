"""The machine that the toolkit runs on: files, memory, processes, software and what is kept between runs."""
