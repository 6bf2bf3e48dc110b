"""The demo country: made-up people in every state, built by the product's own actions.

Every picture is drawn by the program; no real person is shown and nothing is fetched.
"""
