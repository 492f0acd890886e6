"""nl.tile_size: sizes of the chip that the kernel runs on."""

import os

from .. import session

# Of each partition of SBUF, bytes that the compiler keeps to itself, by generation.
_RESERVED = {2: 16384, 3: 16392, 4: 16392}

# Bytes of a partition where no kernel runs, as when a default of a parameter asks: by the target of the environment.
_TARGETS = {"trn1": 2, "inf2": 2, "gen2": 2, "trn2": 3, "gen3": 3, "trn3": 4, "gen4": 4}
_BYTES = {2: 192 << 10, 3: 224 << 10, 4: 256 << 10}
_DEFAULT = "trn2"


class TileSize:
    """Sizes that tiles can have: of the chip of the running kernel, else of the target that the environment names."""

    pmax = 128
    """Partitions."""

    psum_bank_fmax = 512
    """fp32 elements of a PSUM bank in each partition."""

    psum_fmax = 512
    """The older name of psum_bank_fmax."""

    psum_bank_fmax_bytes = 2048
    """Bytes of a PSUM bank in each partition."""

    gemm_stationary_fmax = 128
    """Columns of the stationary operand of nc_matmul."""

    gemm_moving_fmax = 512
    """Columns of its moving operand."""

    bn_stats_fmax = 512
    """Elements in each partition that bn_stats takes."""

    psum_min_align = 4
    """Addresses in PSUM are multiples of so many bytes."""

    sbuf_min_align = 1
    """Addresses in SBUF are multiples of so many bytes."""

    @property
    def psum_num_banks(self):
        """Banks of each partition of PSUM."""
        return session.current().facts["psum_banks"] if session.is_running() else 8

    @property
    def sbuf_size_bytes(self):
        """Bytes of SBUF, all partitions together."""
        return self.pmax * _partition()[1]

    @property
    def sbuf_fmax_bytes(self):
        """Bytes of each partition of SBUF that a kernel can use."""
        generation, size = _partition()
        return size - _RESERVED.get(generation, 0)

    @property
    def sbuf_fmax(self):
        """The same in fp32 elements."""
        return self.sbuf_fmax_bytes // 4

    @property
    def total_available_sbuf_size(self):
        """The older name of sbuf_fmax_bytes."""
        return self.sbuf_fmax_bytes


def _partition():
    """Generation, and bytes of a partition of SBUF."""
    if session.is_running():
        facts = session.current().facts
        return facts["generation"], facts["sbuf_bytes_per_partition"]
    generation = _TARGETS.get(os.environ.get("NEURON_PLATFORM_TARGET_OVERRIDE"), _TARGETS[_DEFAULT])
    return generation, _BYTES[generation]


tile_size = TileSize()
