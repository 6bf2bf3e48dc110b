"""The home pages: fetch through ``access``, ask a query or call an action, render."""
