"""Who is credited: bylines, credit lines, outlets, writers, and whom a text cites."""
