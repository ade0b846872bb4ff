"""One module a command that neither imports nor builds; they call the stages below."""
