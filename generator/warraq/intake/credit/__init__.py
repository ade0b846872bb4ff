"""Credit: bylines, datelines, credit lines, outlets, writers, and the sources a text cites."""
