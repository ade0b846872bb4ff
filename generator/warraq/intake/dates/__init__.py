"""Days of publication: date phrases, time stamps, and how they are resolved."""
