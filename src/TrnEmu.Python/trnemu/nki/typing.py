"""nki.typing: annotations of kernels' parameters; they say nothing to the emulator."""


class tensor:
    """A tensor of any shape and type: ``x: tensor``, ``x: tensor[128, 512]``."""

    def __class_getitem__(cls, _):
        return cls
