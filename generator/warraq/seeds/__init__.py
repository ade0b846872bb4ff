"""seeds/* → RawDocument: bytes read, decoded, and the facts beside the text. Knows no Arabic."""
