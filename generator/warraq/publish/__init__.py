"""Write OutputFiles to public/: staged, journalled, renamed."""
