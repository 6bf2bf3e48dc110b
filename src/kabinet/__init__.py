"""Kabinet: a self-hosted personal cabinet for education authorities."""
