"""Where papers lie: hostile bytes in, safe encrypted documents out, every look remembered by the caller."""
