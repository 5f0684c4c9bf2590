"""Who may use the server, and how much: middleware around all routes, from the outside in.

1. ``headers`` adds the headers that restrict what a page may do.
2. ``host_check`` refuses names of other hosts (DNS rebinding), and changes that another site's page asks for.
3. ``rate_limit`` and ``size_limit`` refuse too many requests and too long ones.
4. ``access`` demands the token, or the cookie of a session and, for changes, its CSRF token.
"""
