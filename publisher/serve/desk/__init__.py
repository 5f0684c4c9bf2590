"""The desk: the pages on which a person looks at reports, decides about them and publishes them.

| module | purpose |
|---|---|
| ``report_session`` | a report in the memory of a worker: its view, decisions about it, its pages, its publication |
| ``report_view`` | what the page of a report shows, as values |
| ``marked_text``, ``line_roles``, ``metadata_fields``, ``attention_items`` | the parts of that view |
| ``page_places``, ``page_images`` | where the text is on the pages; pictures of pages |
| ``stored_report`` | a report as files: source, options, decisions, state |
| ``commands`` | the functions that run in worker processes |
| ``shelf`` | all reports of the desk, in the server's process |
| ``labels`` | the words of the pages for rules, styles, profiles and roles |
| ``pages`` | templates and what they need |
| ``routes`` | the addresses |
"""
