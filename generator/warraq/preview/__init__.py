"""The editor's desk: a loopback server with live reload."""
