"""Orders between instructions that have names, as ``kernel.with_schedule`` takes them."""

from .errors import fail


def parse(edges):
    """[(later, [earlier, ...]), ...]."""
    parsed = []
    for edge in edges:
        if not isinstance(edge, (tuple, list)) or len(edge) != 2:
            raise fail(f"with_schedule: {edge!r} is no pair (later, earlier)")
        later, earlier = edge
        names = [earlier] if isinstance(earlier, str) else list(earlier)
        if not isinstance(later, str) or not all(isinstance(name, str) for name in names):
            raise fail(f"with_schedule: {edge!r} must be names of instructions")
        parsed.append((later, names))
    return parsed


def apply(run, edges):
    """The later instruction of each pair waits for the earlier ones, on every core that has them."""
    for later, names in edges:
        for earlier in names:
            cores = [core for core in range(run.cores) if (core, later) in run.named and (core, earlier) in run.named]
            if not cores:
                missing = earlier if any(name == later for _, name in run.named) else later
                raise fail(f"with_schedule: no instruction is named {missing!r}")
            for core in cores:
                _order(run, core, later, earlier)


def _order(run, core, later, earlier):
    consumers, producers = run.named[core, later], run.named[core, earlier]
    for name, found in ((later, consumers), (earlier, producers)):
        if len(found) > 1:
            raise fail(f"with_schedule: {len(found)} instructions are named {name!r}, must be one")
    if consumers[0] <= producers[0]:
        raise fail(f"with_schedule: {later!r} shall follow {earlier!r}, which the kernel issues after it")
    run.check(run.api.depends(run.handle, core, consumers[0], producers[0]))
