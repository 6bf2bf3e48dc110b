"""Who they are: persons with their logins, the tree of organisations, posts from–to, and sign-in."""
