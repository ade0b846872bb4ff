"""Raw files to RawDocument: bytes, encodings, exports; no Arabic, no judgement."""
