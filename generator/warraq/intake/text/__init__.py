"""Characters and words: repaired, folded for comparison, checked for spelling."""
