"""The editors' preview: a loopback server with live reload."""
