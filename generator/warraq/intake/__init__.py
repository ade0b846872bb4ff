"""RawDocument to Draft: furniture out, headline, credit, dates; pure functions."""
