class BytesIO:
    """Holds what `torch.save` wrote, as values; its bytes are not here."""

    def __init__(self, initial_bytes=b""):
        if initial_bytes:
            _refuse("io.BytesIO of bytes")
        self._saved = None
        self._at_start = True

    def seek(self, offset, whence=0):
        if offset != 0 or whence != 0:
            _refuse("seek() to anything but the start")
        self._at_start = True
        return 0

    def close(self):
        return None

    def __enter__(self):
        return self

    def __exit__(self, kind, value, traceback):
        return None

    def __getattr__(self, name):
        _refuse("io.BytesIO." + name)
