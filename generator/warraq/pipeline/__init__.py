"""The only stage that knows the order of the others: one module a command."""
