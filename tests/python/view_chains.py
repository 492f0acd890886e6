"""Random chains of view methods, run on the package and on the plain model side by side."""

import struct

import view_model
from trnemu import dtypes
from trnemu.errors import NkiValidationError
from trnemu.regions import psum, sbuf, shared_hbm
from trnemu.dynamic import ds
from trnemu.storage import Storage
from trnemu.tensor import Beyond, NkiTensor

TYPES = (dtypes.float32, dtypes.int32, dtypes.bfloat16, dtypes.uint8, dtypes.uint16)
MODELS = {
    "slice": view_model.slice_, "select": view_model.select, "permute": view_model.permute,
    "broadcast": view_model.broadcast, "expand_dim": view_model.expand_dim, "squeeze_dim": view_model.squeeze_dim,
    "reshape": view_model.reshape, "reshape_dim": view_model.reshape_dim, "flatten_dims": view_model.flatten_dims,
    "rearrange": view_model.rearrange,
}
MOST_DIMENSIONS = 5


class Ds:
    """Stands for nl.ds(start, size) in a chain."""

    def __init__(self, start, size):
        self.start, self.size = start, size

    def __repr__(self):
        return f"nl.ds({self.start}, {self.size})"


def each(key, change):
    """The parts of an index expression, changed."""
    return tuple(map(change, key)) if isinstance(key, tuple) else change(key)


def on_package(tensor, name, args):
    """One step on the package's tensor."""
    if name == "index":
        return tensor[each(args[0], lambda k: ds(k.start, k.size) if isinstance(k, Ds) else k)]
    return getattr(tensor, name)(*args)


def plain_slice(k):
    """What nl.ds means; its size is at least 1."""
    if not isinstance(k, Ds):
        return k
    view_model.need(k.size >= 1 and k.start >= 0, "the size of nl.ds")
    return slice(k.start, k.start + k.size)


def on_model(view, name, args):
    """One step on the model."""
    if name == "index":
        return view_model.getitem(view, each(args[0], plain_slice))
    if name == "view":
        return view_model.as_dtype(view, args[0].itemsize)
    if name == "ap":
        pattern, offset, _, _, _, dtype = args
        return view_model.ap(view, pattern, offset, dtype and dtype.itemsize)
    return MODELS[name](view, *args)


def start(shape, dtype, buffer):
    """A tensor of a storage that no session knows, and its model."""
    storage = Storage(7, buffer, shape, dtype)
    return NkiTensor._of(storage), view_model.Storage(shape, dtype.itemsize, buffer.is_on_chip).view()


def attempt(function, *args):
    """The result, or the refusal."""
    try:
        return function(*args), None
    except (NkiValidationError, view_model.Refuse) as refusal:
        return None, refusal


def differences(tensor, view):
    """What a tensor says that its model does not."""
    size = view.itemsize
    if tensor.shape != view.shape or tensor.dtype.itemsize != size:
        return [f"shape {tensor.shape} of {tensor.dtype}, expected {view.shape} of {size} bytes"]
    found = []
    for index, at in view.elements.items():
        where = (tensor.offset + sum(i * s for i, s in zip(index, tensor.strides))) * size
        if where != at:
            found = [f"element {index} is at byte {where}, expected {at}"]
            break
    for dim, step in enumerate(view.steps()):
        if step is not None and tensor.strides[dim] * size != step:
            found.append(f"stride {dim} is {tensor.strides[dim]}, expected {step // size}")
    expected = {
        "offset": view.first() // size, "ndim": len(view.shape), "size": len(view.elements), "is_indirect": False,
        "is_contiguous": view.is_contiguous(), "get_pattern": [[s, n] for s, n in zip(tensor.strides, view.shape)],
    }
    for name, value in expected.items():
        given = getattr(tensor, name)
        given = given() if callable(given) else given
        if given != value:
            found.append(f"{name} is {given}, expected {value}")
    return found + record_differences(tensor, view)


def record_differences(tensor, view):
    """What the bytes that are sent to the emulator say that the model does not."""
    row = view.storage.row_bytes
    step = view.step(0)
    record, refusal = attempt(lambda: tensor._record)
    leaping = view.on_chip and step not in (None, row)
    if refusal is not None or leaping:
        return [] if leaping and refusal is not None else [f"as an operand: {refusal or 'taken, must be refused'}"]
    tag, number, code, rank, partition, byte = struct.unpack_from("<BiBBiq", record)
    levels = struct.unpack_from(f"<{'iq' * rank}", record, struct.calcsize("<BiBBiq"))
    head = (tag, number, code, levels[::2], record[-1])
    if head != (5, 7, tensor.dtype.code, view.shape, 0):
        return [f"record begins {head}"]
    strides = [s * view.itemsize for s in levels[1::2]]
    if view.on_chip:
        strides[0], byte = row, partition * row + byte
    for index, at in view.elements.items():
        where = byte + sum(i * s for i, s in zip(index, strides))
        if where != at:
            return [f"the record has element {index} at byte {where}, expected {at}"]
    return []


def one_step(tensor, view, step):
    """The next tensor and model, or None of both where both refuse; and what differs."""
    made, refusal = attempt(on_package, tensor, *step)
    if type(made) is Beyond:
        made, refusal = attempt(lambda: made._record)
    model, reason = attempt(on_model, view, *step)
    if model is None:
        return None, None, [] if made is None else [f"gave {made!r}, must be refused: {reason}"]
    if made is None:
        return None, None, [] if model.either else [f"refused: {refusal}; expected shape {model.shape}"]
    # Whatever was open is settled by now, and what follows is not.
    model.either = False
    return made, model, differences(made, model)


def first_difference(shape, dtype, buffer, chain):
    """Runs a chain; the number of the step that differs and in what, or None."""
    tensor, view = start(shape, dtype, buffer)
    found = differences(tensor, view)
    if found:
        return 0, found
    for number, step in enumerate(chain, 1):
        made, model, found = one_step(tensor, view, step)
        if found:
            return number, found
        if made is not None:
            tensor, view = made, model
    return None


def shortest(shape, dtype, buffer, chain):
    """The chain without the steps that the difference does not need."""
    number = 0
    while number < len(chain):
        shorter = chain[:number] + chain[number + 1:]
        if first_difference(shape, dtype, buffer, shorter):
            chain = shorter
        else:
            number += 1
    return chain


def spelled(shape, dtype, buffer, chain):
    """The chain as one would write it."""
    text = f"ndarray({shape}, {dtype}, {buffer.value})"
    for name, args in chain:
        if name == "index":
            key = args[0] if isinstance(args[0], tuple) else (args[0],)
            text += f"[{', '.join(map(spelled_key, key))}]"
        else:
            text += f".{name}({', '.join(map(repr, args))})"
    return text


def spelled_key(k):
    """One part of an index expression."""
    if k is Ellipsis:
        return "..."
    if not isinstance(k, slice):
        return repr(k)
    return ":".join("" if v is None else str(v) for v in ((k.start, k.stop, k.step)[:3 if k.step else 2]))


def draw_start(random):
    """A shape of at most 300 elements, a type and a memory."""
    buffer = random.choice((sbuf, psum, shared_hbm, shared_hbm))
    rank = random.randint(2 if buffer.is_on_chip else 1, 4)
    shape = tuple(random.choice((1, 2, 2, 3, 4, 4, 6, 8)) for _ in range(rank))
    while len(shape) > 1 and view_model.prod(shape) > 300:
        shape = shape[:-2] + (max(1, shape[-2] // 2), max(1, shape[-1] // 2))
    return shape, random.choice(TYPES), buffer
