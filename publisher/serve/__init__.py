"""The local server: web pages for a person (the desk), an API for other systems, and a watched folder.

``publisher serve`` runs it, from the extra ``[serve]``. Nothing here is imported by any other package but the command line.

| module | purpose |
|---|---|
| ``settings`` | ``ServerSettings``: address, token, limits, workers, folder of state |
| ``application`` | ``create_application(settings)``: middleware and routes |
| ``context`` | ``ServerContext``: what routes use |
| ``task_pool`` | ``TaskPool``: functions that run in worker processes with limits of time and memory |
| ``option_values`` | options as values for JSON, and as ``Options`` |
| ``file_names`` | the names that clients give to their files, and those of downloads |
| ``jobs/`` | what clients of the API asked for, kept on the disk |
| ``security/`` | token, session cookie, CSRF token, host and origin, headers, sizes and rates |
| ``zip_download`` | several files in one ZIP file |
| ``problems`` | errors as RFC 9457 problems, or as a page |
| ``api/`` | the routes below ``/v1/``, and those for what watches over the server |
| ``desk/`` | the pages |
| ``running`` | the server itself: socket, browser, end |
| ``watch`` | ``publisher watch``: a folder whose reports are published |

How pages are added
-------------------

``publisher/serve/desk/routes.py`` has a function ``routes(context: ServerContext) -> Sequence[BaseRoute]``;
``create_application`` mounts what it returns. Every path needs a session, except those below ``/static/``, ``/healthz``
and ``/readyz``.

- **Session.** ``context.session(request)`` returns the ``Session`` of a request: ``identifier`` (a random name of this browser, for state
  that belongs to it) and ``csrf_token``. A request that changes something (POST, PUT, PATCH, DELETE) needs the token
  in the header ``X-CSRF-Token`` or in the query ``?csrf_token=…`` (for the ``action`` of a form without script); otherwise it is
  answered with 403 before it reaches the route. Put it into a page as ``<meta name="csrf-token" content="…">``.
- **Content security policy.** Scripts, styles, pictures, fonts and connections from this server only; nothing inline (no ``style``
  attribute, no ``on…`` attribute, no ``<script>`` with text). Pictures may also be ``blob:``.
- **Caching.** Answers get ``Cache-Control: no-store`` unless the route sets the header.
- **Errors.** Raise ``PublisherError`` or Starlette's ``HTTPException``. Below ``/v1/``, and for a client that does not accept HTML, the
  answer is a problem (JSON with ``detail``, ``hint``, ``exit_code``); otherwise it is a page.
- **State.** ``context.settings.state / "desk"`` is a folder for the desk's own files. A path never comes from a user.

How work is done
----------------

A route never reads or typesets a report itself. It runs a function of an importable module in a worker process::

    pages = await context.pool.run(
        render_preview, PreviewRequest(...), affinity=report_id, urgent=True
    )

The function gets one argument and returns one value; both are pickled. It may raise ``PublisherError``, which is raised
here. ``affinity`` names what the worker may have in memory: tasks with the same name go to the same
worker if it is free, so that a cache in a module of the worker (bounded!) is worth having. ``urgent`` tasks
go before those of jobs. A task that crashes, hangs or needs too much memory raises ``CrashError``,
``DeadlineError`` or ``MemoryLimitError``; its worker is replaced and has an empty cache. Cancelling the awaiting
coroutine cancels a task that has not started. ``QueueFullError`` is answered with 429.

The function runs in a process of the toolkit's own with the style ``gongwen`` warmed up.
"""
