"""Tables: measured, fitted to the page by their widths, divided into parts where no page is wide enough."""
