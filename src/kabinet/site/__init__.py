"""The top floor: puts the house together (settings, addresses, servers, commands)."""
