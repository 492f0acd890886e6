"""The operations of the instruction set.

GENERATED from the headers of the C# operations: `trnemu isa --python`. Do not edit.
"""

from trnemu.nki.isa._enums import (
    chosen, dge_mode, dma_engine, engine, matmul_perf_mode, oob_mode, reduce_cmd, trigger)
from trnemu.nki.isa._older import older
from trnemu.records import (
    accumulation, flag, integer, integers, levels, operand, operands, optional_integer, optional_operand,
    optional_scalar, pair, real, reals, reduced_axes, scalar, words)
from trnemu.session import issue

_DGE_MODE = ("unknown", "swdge", "hwdge", "none")
_dge_mode = words("a member of nisa.dge_mode", _DGE_MODE, dge_mode)
_DMA_ENGINE = ("dma", "gpsimd_dma")
_dma_engine = words("a member of nisa.dma_engine", _DMA_ENGINE, dma_engine)
FUNCTIONS = (
    "copy", "exp", "log", "square", "sqrt", "rsqrt", "reciprocal", "abs", "sign", "relu", "prelu", "sigmoid", "tanh",
    "silu", "silu_dx", "gelu", "gelu_dx", "gelu_apprx_tanh", "gelu_apprx_sigmoid", "gelu_apprx_sigmoid_dx", "erf",
    "erf_dx", "softplus", "mish", "sin", "arctan",
)
_function = words("an activation function such as nl.exp", FUNCTIONS)
_MATMUL_PERF_MODE = ("none", "double_row")
_matmul_perf_mode = words("a member of nisa.matmul_perf_mode", _MATMUL_PERF_MODE, matmul_perf_mode)
_OOB_MODE = ("error", "skip")
_oob_mode = words("a member of nisa.oob_mode", _OOB_MODE, oob_mode)
OPERATORS = (
    "bypass", "add", "subtract", "multiply", "power", "maximum", "minimum", "abs_max", "abs_min", "equal", "not_equal",
    "greater_equal", "greater", "less_equal", "less", "logical_and", "logical_or", "logical_xor", "abs", "square",
    "relu", "rsqrt", "reciprocal", "bitwise_and", "bitwise_or", "bitwise_xor", "invert", "left_shift", "right_shift",
)
_operator = words("an operator such as nl.add", OPERATORS)
_optional_operator = words("an operator such as nl.add", OPERATORS, is_optional=True)
_REDUCE_CMD = ("idle", "reset", "reduce", "reset_reduce", "load_reduce")
_reduce_cmd = words("a member of nisa.reduce_cmd", _REDUCE_CMD, reduce_cmd)

__all__ = (
    "activate2", "activation", "activation_reduce", "affine_select", "bn_aggr", "bn_stats", "core_barrier",
    "dma_compute", "dma_copy", "dma_transpose", "dropout", "exponential", "iota", "local_gather", "max8", "memset",
    "nc_find_index8", "nc_match_replace8", "nc_matmul", "nc_matmul_mx", "nc_n_gather", "nc_stream_shuffle",
    "nc_transpose", "nonzero_with_count", "quantize_mx", "rand2", "rand_get_state", "rand_set_state", "range_select",
    "reciprocal", "rng", "scalar_tensor_tensor", "select_reduce", "sendrecv", "sequence_bounds", "set_rng_seed",
    "tensor_copy", "tensor_copy_predicated", "tensor_partition_reduce", "tensor_reduce", "tensor_scalar",
    "tensor_scalar_cumulative", "tensor_scalar_reduce", "tensor_tensor", "tensor_tensor_scan", "topk",
)

# Numbers of the operations that are written by hand.
CODES = {
    "end_loop": b"\x0b\x00",
    "loop": b"\x0f\x00",
    "register_alloc": b"\x20\x00",
    "register_load": b"\x21\x00",
    "register_move": b"\x22\x00",
    "register_store": b"\x23\x00",
    "while_loop": b"\x34\x00",
}


def activate2(
        dst, op, data, imm0, imm1, op0, op1, relu_param=0.0, reverse0=False, reverse1=False, reduce_op=None,
        reduce_res=None, reduce_cmd=reduce_cmd.idle, name=None, **others):
    """dst = op((data op0 imm0) op1 imm1)

    dst = y = op((data op0 imm0) op1 imm1) in fp32, each operator rounded by itself, rounded once more to dst's dtype.
    The engine has one fp32 register a lane that all activations share: with reduce_cmd reduce, register[p] =
    register[p] reduce_op y[p, i], i ascending, y before it is rounded to dst's dtype; reset sets it to the identity of
    reduce_op; reduce_res receives the registers afterwards.

    Engines: scalar. Chips: trn3. Cost class: activate_table, read_accumulator.

    :param dst: [P, F], SBUF or PSUM. (written; SBUF or PSUM; any number)
    :param op: The function. (one of nl.copy, exp, log, square, sqrt, rsqrt, reciprocal, abs, sign, relu, prelu,
        sigmoid, tanh, silu, silu_dx, gelu, gelu_dx, gelu_apprx_tanh, gelu_apprx_sigmoid, gelu_apprx_sigmoid_dx, erf,
        erf_dx, softplus, mish, sin, arctan)
    :param data: [P, F], SBUF or PSUM. (read; SBUF or PSUM; any number)
    :param imm0: Operand of op0: constant or column [P, 1]. (a number, or read; SBUF or PSUM; any number)
    :param imm1: Operand of op1: constant or column [P, 1], of imm0's dtype where both are columns. (a number, or read;
        SBUF or PSUM; any number)
    :param op0: multiply, add, subtract, or bypass for none. (an operator such as nl.add)
    :param op1: After multiply add, subtract or bypass; after the others bypass. (an operator such as nl.add)
    :param relu_param: Slope of prelu below 0: constant or column [P, 1]. Other functions have no parameter. (a number,
        or read; SBUF or PSUM; any number)
    :param reverse0: imm0 op0 data instead. (True or False)
    :param reverse1: imm1 op1 (…) instead. (True or False)
    :param reduce_op: add, maximum, minimum, abs_max or abs_min; missing only when reduce_cmd is idle. (an operator such
        as nl.add)
    :param reduce_res: [P, 1] that receives the registers, or None to leave them in the engine. (written; SBUF or PSUM;
        any number)
    :param reduce_cmd: What happens to the registers. (nisa.reduce_cmd: idle, reset, reduce, reset_reduce, load_reduce)
    :param name: A name for the instruction, or None.
    """
    if others:
        older(others, "activate2", dst)
    return issue(b"\x00\x00", None, name, (
        operand(dst, "dst"), _function(op, "op"), operand(data, "data"), scalar(imm0, "imm0"), scalar(imm1, "imm1"),
        _operator(op0, "op0"), _operator(op1, "op1"), scalar(relu_param, "relu_param"), flag(reverse0, "reverse0"),
        flag(reverse1, "reverse1"), _optional_operator(reduce_op, "reduce_op"),
        optional_operand(reduce_res, "reduce_res"), _reduce_cmd(reduce_cmd, "reduce_cmd"),
    ))


def activation(
        dst, op, data, bias=None, scale=1.0, reduce_op=None, reduce_res=None, reduce_cmd=reduce_cmd.idle, name=None,
        **others):
    """dst = op(data * scale + bias)

    dst = op(data scale + bias) in fp32 (product and sum rounded once), rounded once to dst's dtype. The engine has one
    fp32 register a lane that all activations share: reduce_cmd adds the row's results to it one after the other, before
    they are rounded to dst's dtype; reduce_res receives the registers afterwards.

    Engines: scalar. Chips: trn1, inf2, trn2, trn3, unit. Cost class: activate_table.

    :param dst: [P, F], SBUF or PSUM. (written; SBUF or PSUM; any number)
    :param op: The function. (one of nl.copy, exp, log, square, sqrt, rsqrt, reciprocal, abs, sign, relu, prelu,
        sigmoid, tanh, silu, silu_dx, gelu, gelu_dx, gelu_apprx_tanh, gelu_apprx_sigmoid, gelu_apprx_sigmoid_dx, erf,
        erf_dx, softplus, mish, sin, arctan)
    :param data: [P, F], SBUF or PSUM. (read; SBUF or PSUM; any number)
    :param bias: Column [P, 1] of any dtype, from generation 3 on also a constant; None adds nothing. (a number, or
        read; SBUF or PSUM; any number)
    :param scale: Constant or fp32 column [P, 1]; None is 1. (a number, or read; SBUF or PSUM; any number)
    :param reduce_op: add, when reduce_cmd reduces. (an operator such as nl.add)
    :param reduce_res: [P, 1] that receives the registers, or None to leave them in the engine. (written; SBUF or PSUM;
        any number)
    :param reduce_cmd: What happens to the registers. (nisa.reduce_cmd: idle, reset, reduce, reset_reduce, load_reduce)
    :param name: A name for the instruction, or None.
    """
    if others:
        older(others, "activation", dst)
    return issue(b"\x01\x00", None, name, (
        operand(dst, "dst"), _function(op, "op"), operand(data, "data"), optional_scalar(bias, "bias"),
        optional_scalar(scale, "scale", 1.0), _optional_operator(reduce_op, "reduce_op"),
        optional_operand(reduce_res, "reduce_res"), _reduce_cmd(reduce_cmd, "reduce_cmd"),
    ))


def activation_reduce(dst, op, data, reduce_op, reduce_res, bias=None, scale=1.0, name=None, **others):
    """dst = op(data * scale + bias), reduce_res = sum of each row

    dst = op(data scale + bias) and reduce_res[p] = the sum of row p's results, added one after the other before they
    are rounded to dst's dtype: an Activation with reduce_cmd reset_reduce.

    Engines: scalar. Chips: trn1, inf2, trn2, trn3, unit. Cost class: activate_table, read_accumulator.

    :param dst: [P, F], SBUF or PSUM. (written; SBUF or PSUM; any number)
    :param op: The function. (one of nl.copy, exp, log, square, sqrt, rsqrt, reciprocal, abs, sign, relu, prelu,
        sigmoid, tanh, silu, silu_dx, gelu, gelu_dx, gelu_apprx_tanh, gelu_apprx_sigmoid, gelu_apprx_sigmoid_dx, erf,
        erf_dx, softplus, mish, sin, arctan)
    :param data: [P, F], SBUF or PSUM. (read; SBUF or PSUM; any number)
    :param reduce_op: add. (an operator such as nl.add)
    :param reduce_res: [P, 1], SBUF or PSUM, rounded to its dtype. (written; SBUF or PSUM; any number)
    :param bias: Column [P, 1] of any dtype, from generation 3 on also a constant; None adds nothing. (a number, or
        read; SBUF or PSUM; any number)
    :param scale: Constant or fp32 column [P, 1]; None is 1. (a number, or read; SBUF or PSUM; any number)
    :param name: A name for the instruction, or None.
    """
    if others:
        older(others, "activation_reduce", dst)
    return issue(b"\x02\x00", None, name, (
        operand(dst, "dst"), _function(op, "op"), operand(data, "data"), _operator(reduce_op, "reduce_op"),
        operand(reduce_res, "reduce_res"), optional_scalar(bias, "bias"), optional_scalar(scale, "scale", 1.0),
    ))


def affine_select(
        dst, pattern, channel_multiplier, on_true_tile, on_false_value, cmp_op="equal", offset=0, name=None, **others):
    """dst = (affine index cmp_op 0) ? on_true_tile : on_false_value

    dst = (a cmp_op 0) ? on_true_tile : on_false_value, with the index a[p, i0, …] = offset + p channel_multiplier + i0
    step0 + … of Iota: causal masks without a mask in memory. Equal dtypes keep their bits, others go through fp32.

    Engines: gpsimd. Chips: trn1, inf2, trn2, trn3, unit. Cost class: affine.

    :param dst: [P, F] in SBUF. (written; SBUF; any number)
    :param pattern: [[step, num], …], slowest first, up to four; the product of the nums is F. (a list of [step, num])
    :param channel_multiplier: Difference of the index from one partition to the next. (an integer)
    :param on_true_tile: [P, F] in SBUF: what is kept where the comparison holds. (read; SBUF; any number)
    :param on_false_value: What is written elsewhere, rounded to dst's dtype. (a number)
    :param cmp_op: equal, not_equal, greater, greater_equal, less or less_equal. (an operator such as nl.add)
    :param offset: Index of the first element of partition 0. (an integer)
    :param name: A name for the instruction, or None.
    """
    if others:
        older(others, "affine_select", dst)
    return issue(b"\x03\x00", None, name, (
        operand(dst, "dst"), levels(pattern, "pattern"), integer(channel_multiplier, "channel_multiplier"),
        operand(on_true_tile, "on_true_tile"), real(on_false_value, "on_false_value"), _operator(cmp_op, "cmp_op"),
        integer(offset, "offset"),
    ))


def bn_aggr(dst, data, name=None, **others):
    """dst = [mean, variance] over sets of [count, mean, variance * count]

    dst[p] = [m, s / n], the mean and variance of all elements that the sets [c, mean, q] in data[p] describe, as
    BnStats writes them (q = variance c). The sets with c ≠ 0 join one after the other, from n = m = s = 0: d = mean -
    m, k = n + c, s = s + (q + (d d) (n c / k)), m = m + d (c / k), n = k. fp32, rounded to dst's dtype.

    Engines: vector. Chips: trn1, inf2, trn2, trn3, unit. Cost class: batch_aggregate.

    :param dst: [P, 2], SBUF or PSUM, written when a row has been read. (written; SBUF or PSUM; any number)
    :param data: [P, F], F a multiple of 3, SBUF or PSUM. (read; SBUF or PSUM; any number)
    :param name: A name for the instruction, or None.
    """
    if others:
        older(others, "bn_aggr", dst)
    return issue(b"\x04\x00", None, name, (operand(dst, "dst"), operand(data, "data")))


def bn_stats(dst, data, name=None, **others):
    """dst = [count, mean, variance * count] of the even elements, then of the odd

    dst[p] = [n, m, s] of the even elements of data[p], then of the odd ones: n their count, m their mean and s their
    variance times n, which is the sum of (x - m)^2; n = m = s = 0 for none. fp32, rounded to dst's dtype. With BnAggr
    it makes the mean and variance of a row, or of several.

    Engines: vector. Chips: trn1, inf2, trn2, trn3, unit. Cost class: batch_statistics.

    :param dst: [P, 6], SBUF or PSUM, written when a row has been read. (written; SBUF or PSUM; any number)
    :param data: [P, F], F at most 512, SBUF or PSUM. (read; SBUF or PSUM; any number)
    :param name: A name for the instruction, or None.
    """
    if others:
        older(others, "bn_stats", dst)
    return issue(b"\x05\x00", None, name, (operand(dst, "dst"), operand(data, "data")))


def core_barrier(data, cores, engine=engine.gpsimd, name=None, **others):
    """all cores arrive before one goes on

    No core goes on before all have arrived: what each did to data before is complete for all after. Each core signals
    the other's semaphore and waits for its own; the engine that executes it stands still, the others do not. Moves no
    byte.

    Engines: tensor, vector, scalar, gpsimd, sync. Chips: trn2, trn3, unit. Cost class: register.

    :param data: The HBM tensor that the cores share; it is guarded as a whole. (read; HBM; any dtype)
    :param cores: [0,1], the two cores of a logical core. (a list of integers)
    :param engine: A member of nisa.engine; unknown leaves it open.
    :param name: A name for the instruction, or None.
    """
    if others:
        older(others, "core_barrier", None)
    return issue(b"\x06\x00", chosen(engine), name, (operand(data, "data"), integers(cores, "cores")))


def dma_compute(dst, srcs, reduce_op, scales=None, unique_indices=True, oob_mode=oob_mode.error, name=None, **others):
    """dst = srcs[0] + srcs[1] + ...

    dst = srcs[0] + srcs[1] + … by the DMA engines: element i of dst is the sum of elements i of the sources, all in
    pattern order, widened to fp32, added from the first source on and rounded once. With an index tensor it adds to
    rows in place: a scatter dst[index[p], :] += tile[p, :], or a gather dst[p, :] += table[index[p], :].

    DMA, triggered by tensor, vector, scalar, gpsimd, sync. Chips: trn1, inf2, trn2, trn3, unit. Cost class:
    dma_trigger, dma packets.

    :param dst: Written, in HBM or SBUF. (written; HBM or SBUF; any number)
    :param srcs: 1 to 16 sources in HBM or SBUF, each as many elements as dst; with an index two, one of them dst
        itself. (a list of tensors, read; HBM or SBUF; any number)
    :param reduce_op: How they are joined: add. (an operator such as nl.add)
    :param scales: A factor for each source, all 1; empty for the same. (a list of numbers)
    :param unique_indices: No row of dst is named twice; True where dst is indexed. (True or False)
    :param oob_mode: What an index outside the tensor does: fault, or leave its row; skip needs an index.
        (nisa.oob_mode: error, skip)
    :param name: A name for the instruction, or None.
    """
    if others:
        older(others, "dma_compute", None)
    return issue(b"\x07\x00", None, name, (
        operand(dst, "dst"), operands(srcs, "srcs"), _operator(reduce_op, "reduce_op"), reals(scales, "scales"),
        flag(unique_indices, "unique_indices"), _oob_mode(oob_mode, "oob_mode"),
    ))


def dma_copy(
        dst, src, priority=None, oob_mode=oob_mode.error, dge_mode=dge_mode.unknown, engine=engine.unknown, name=None,
        **others):
    """dst = src; gather: dst[p] = src[index[p]]

    dst = src between HBM and SBUF in any direction: element i of dst is element i of src, both in pattern order, so the
    shapes may differ. Equal dtypes keep their bits; others go through fp32. An index tensor on one side makes it a
    gather, dst[p, :] = src[index[p], :], or a scatter, dst[index[p], :] = src[p, :] with p ascending.

    DMA, triggered by tensor, vector, scalar, gpsimd, sync. Chips: trn1, inf2, trn2, trn3, unit. Cost class:
    dma_trigger, dma packets.

    :param dst: Written, in HBM or SBUF. (written; HBM or SBUF; any dtype)
    :param src: Read, in HBM or SBUF, as many elements as dst. (read; HBM or SBUF; any dtype)
    :param priority: 0 (first) to 3 among the DMAs of a core, from generation 4; None for none. (an integer)
    :param oob_mode: What an index outside the tensor does: fault, or leave its row (or the whole copy). (nisa.oob_mode:
        error, skip)
    :param dge_mode: Who writes the descriptors. (nisa.dge_mode: unknown, swdge, hwdge, none)
    :param engine: A member of nisa.engine; unknown leaves it open.
    :param name: A name for the instruction, or None.
    """
    if others:
        older(others, "dma_copy", None)
    return issue(b"\x08\x00", trigger(engine), name, (
        operand(dst, "dst"), operand(src, "src"), optional_integer(priority, "priority"),
        _oob_mode(oob_mode, "oob_mode"), _dge_mode(dge_mode, "dge_mode"),
    ))


def dma_transpose(
        dst, src, axes=None, priority=None, dge_mode=dge_mode.unknown, oob_mode=oob_mode.error, name=None, **others):
    """dst[f,p] = src[p,f]; dst[f,a,b,p] = src[p,a,b,f]

    Transpose by DMA: the first and the last dimension of src change places, those between stay: dst[f, p] = src[p, f],
    dst[f, a, p] = src[p, a, f], dst[f, a, b, p] = src[p, a, b, f]. The last dimension is as long as dst has partitions.
    Bits are kept. An index tensor gathers the rows of src: p is then row index[p % R, p / R] of HBM, R the rows of the
    index tensor. From generation 3 DMA engines transpose as they move; before, every element is a piece of its own.

    DMA, triggered by tensor, vector, scalar, gpsimd, sync. Chips: trn1, inf2, trn2, trn3, unit. Cost class:
    dma_trigger, dma packets.

    :param dst: [F, P], [F, A, P] or [F, A, B, P] in SBUF, the dtype of src; shares no byte with it. (written; SBUF; any
        dtype)
    :param src: [P, F], [P, A, F] or [P, A, B, F] in HBM or SBUF, elements of 2 or 4 bytes; 2 where its rows are
        gathered or with hwdge. (read; HBM or SBUF; any dtype)
    :param axes: [1,0], [2,1,0] or [3,1,2,0]: src's dimensions as they come in dst; empty for what the shapes say. (a
        list of integers)
    :param priority: 0 (first) to 3 among the DMAs of a core, from generation 4; None for none. (an integer)
    :param dge_mode: Who writes the descriptors: unknown or hwdge, of gathered rows unknown or swdge. (nisa.dge_mode:
        unknown, swdge, hwdge, none)
    :param oob_mode: What an index outside the tensor does: fault, or leave its column (or all). (nisa.oob_mode: error,
        skip)
    :param name: A name for the instruction, or None.
    """
    if others:
        older(others, "dma_transpose", None)
    return issue(b"\x09\x00", None, name, (
        operand(dst, "dst"), operand(src, "src"), integers(axes, "axes"), optional_integer(priority, "priority"),
        _dge_mode(dge_mode, "dge_mode"), _oob_mode(oob_mode, "oob_mode"),
    ))


def dropout(dst, data, prob, name=None, **others):
    """dst = random < prob ? 0 : data

    dst = (u < prob) ? 0 : data with a random u of [0, 1) for each element: probability 0 keeps all, 1 drops all. Bits
    are kept, not scaled by 1 / (1 - prob). u = (bits >> 8) 2^-24, where bits are what rng would write on Vector for
    data's partitions.

    Engines: vector. Chips: trn1, inf2, trn2, trn3, unit. Cost class: random.

    :param dst: [P, F], SBUF or PSUM, the dtype of data. (written; SBUF or PSUM; any number)
    :param data: [P, F], SBUF or PSUM. (read; SBUF or PSUM; any number)
    :param prob: Constant or column [P, 1]: fp32, or any float dtype where data are floats. (a number, or read; SBUF or
        PSUM; any number)
    :param name: A name for the instruction, or None.
    """
    if others:
        older(others, "dropout", dst)
    return issue(b"\x0a\x00", None, name, (operand(dst, "dst"), operand(data, "data"), scalar(prob, "prob")))


def exponential(
        dst, src, max_value=0.0, reduce_res=None, reduce_cmd=reduce_cmd.idle, reduce_init=0.0, name=None, **others):
    """dst = exp(src - max_value), reduce_res = sum of each row

    dst = v = exp(src - max_value), the difference rounded to fp32, exp that of an activation; unless reduce_cmd is
    idle, r[p] = r[p] + v[p, i], i ascending, where r are the accumulate registers: fp32, v before it is rounded to
    dst's dtype. reduce_res receives the registers.

    Engines: vector. Chips: trn3. Cost class: exponential.

    :param dst: [P, F], up to three free levels, SBUF or PSUM. (written; SBUF or PSUM; float8_e4m3, float8_e5m2,
        float16, bfloat16, float32, tfloat32, int8, int16, int32, uint8, uint16)
    :param src: [P, F], up to three free levels, SBUF or PSUM. (read; SBUF or PSUM; float8_e4m3, float8_e5m2, float16,
        bfloat16, float32, int8, int16, int32, uint8, uint16, uint32)
    :param max_value: Constant or fp32 column [P, 1]. (a number, or read; SBUF or PSUM; any number)
    :param reduce_res: [P, 1] that receives the registers, or None to leave them in the engine. (written; SBUF or PSUM;
        float8_e4m3, float8_e5m2, float16, bfloat16, float32, tfloat32)
    :param reduce_cmd: idle, reset_reduce (from 0), reduce or load_reduce. (nisa.reduce_cmd: idle, reset, reduce,
        reset_reduce, load_reduce)
    :param reduce_init: Constant or fp32 column [P, 1] that load_reduce loads; else 0. (a number, or read; SBUF or PSUM;
        any number)
    :param name: A name for the instruction, or None.
    """
    if others:
        older(others, "exponential", dst)
    return issue(b"\x0c\x00", None, name, (
        operand(dst, "dst"), operand(src, "src"), scalar(max_value, "max_value"),
        optional_operand(reduce_res, "reduce_res"), _reduce_cmd(reduce_cmd, "reduce_cmd"),
        scalar(reduce_init, "reduce_init"),
    ))


def iota(dst, pattern, offset=0, channel_multiplier=0, name=None, **others):
    """dst = offset + p * channel_multiplier + affine index

    dst[p, i0, i1, …] = offset + p channel_multiplier + i0 step0 + i1 step1 + …: int32 arithmetic modulo 2^32, then
    converted to dst's dtype (saturated to an integer, rounded to a float). p counts from 0 in dst.

    Engines: gpsimd. Chips: trn1, inf2, trn2, trn3, unit. Cost class: affine.

    :param dst: [P, F] in SBUF; its levels may be split differently from the pattern's. (written; SBUF; any number)
    :param pattern: [[step, num], …], slowest first, up to four; the product of the nums is F. (a list of [step, num])
    :param offset: Value of the first element of partition 0. (an integer)
    :param channel_multiplier: Difference from one partition to the next. (an integer)
    :param name: A name for the instruction, or None.
    """
    if others:
        older(others, "iota", dst)
    return issue(b"\x0d\x00", None, name, (
        operand(dst, "dst"), levels(pattern, "pattern"), integer(offset, "offset"),
        integer(channel_multiplier, "channel_multiplier"),
    ))


def local_gather(dst, src_buffer, index, num_elem_per_idx=1, num_valid_indices=None, name=None, **others):
    """dst[p, i*n + j] = src_buffer[p, index(i) + j], 16 partitions share indices

    dst[p, i n + j] = src_buffer[p, place(i) + j] for j below n = num_elem_per_idx. The 16 partitions of a GpSimd core
    share their places: place(i) is element (i % 16, i / 16) of the core's part of index. Bits are kept. A place outside
    src_buffer is a fault before anything is written.

    Engines: gpsimd. Chips: trn1, inf2, trn2, trn3, unit. Cost class: local_gather.

    :param dst: [P, num_valid_indices * num_elem_per_idx] in SBUF, the dtype of src_buffer; shares no byte with the
        others. (written; SBUF; any dtype)
    :param src_buffer: [P, F] in SBUF, P a multiple of 16. (read; SBUF; any dtype)
    :param index: [P, K] in SBUF: elements of src_buffer from the start of a partition. (read; SBUF; uint16)
    :param num_elem_per_idx: Elements that are taken from each place on: 1, 2, 4, 8, 16 or 32. (an integer)
    :param num_valid_indices: Places that count, up to 16 K and 4096; None for all 16 K. (an integer)
    :param name: A name for the instruction, or None.
    """
    if others:
        older(others, "local_gather", dst)
    return issue(b"\x0e\x00", None, name, (
        operand(dst, "dst"), operand(src_buffer, "src_buffer"), operand(index, "index"),
        integer(num_elem_per_idx, "num_elem_per_idx"), optional_integer(num_valid_indices, "num_valid_indices"),
    ))


def max8(dst, src, name=None, **others):
    """dst = the 8 largest of each partition, descending

    dst[p] = the eight largest elements of src[p], equal ones as often as they occur, descending; compared in fp32 and
    rounded to dst's dtype. With NcFindIndex8 and NcMatchReplace8 it makes a top-k.

    Engines: vector. Chips: trn1, inf2, trn2, trn3, unit. Cost class: max8.

    :param dst: [P, 8], SBUF or PSUM, written when a row has been read. (written; SBUF or PSUM; any number)
    :param src: [P, F] or [P, F0, F1], 8 to 16384 elements, SBUF or PSUM. (read; SBUF or PSUM; any number)
    :param name: A name for the instruction, or None.
    """
    if others:
        older(others, "max8", dst)
    return issue(b"\x10\x00", None, name, (operand(dst, "dst"), operand(src, "src")))


def memset(dst, value, engine=engine.unknown, name=None, **others):
    """dst = value

    dst = value, rounded once to dst's dtype.

    Engines: vector, gpsimd. Chips: trn1, inf2, trn2, trn3, unit. Cost class: elementwise.

    :param dst: [P, F], SBUF or PSUM, any dtype. (written; SBUF or PSUM; any dtype)
    :param value: The constant; for integers a whole number of their range, for e8m0 a power of two, for packed dtypes
        0. (a number)
    :param engine: A member of nisa.engine; unknown leaves it open.
    :param name: A name for the instruction, or None.
    """
    if others:
        older(others, "memset", dst)
    return issue(b"\x11\x00", chosen(engine), name, (operand(dst, "dst"), real(value, "value")))


def nc_find_index8(dst, data, vals, name=None, **others):
    """dst[j] = place in data of the first vals[j]

    dst[p, j] = the place in data[p], counted from 0, where vals[p, j] first occurs; the k-th of equal values gets the
    place of the k-th equal element. All ones (65535, 4294967295) where there is none. Compared in fp32.

    Engines: vector. Chips: trn1, inf2, trn2, trn3, unit. Cost class: find_index8.

    :param dst: [P, 8] of uint16 or uint32, written when a row has been read. (written; SBUF or PSUM; uint16, uint32)
    :param data: [P, F] or [P, F0, F1], 8 to 16384 elements, SBUF or PSUM. (read; SBUF or PSUM; any number)
    :param vals: [P, 8], SBUF or PSUM. (read; SBUF or PSUM; any number)
    :param name: A name for the instruction, or None.
    """
    if others:
        older(others, "nc_find_index8", dst)
    return issue(b"\x12\x00", None, name, (operand(dst, "dst"), operand(data, "data"), operand(vals, "vals")))


def nc_match_replace8(dst, data, vals, imm, dst_idx=None, name=None, **others):
    """dst = data with one occurrence of each of vals replaced by imm

    dst = data, but imm where one of vals[p] first occurs; of equal values the last gets the first equal element, the
    one before it the second, and so on. dst_idx[p, j] = the place of vals[p, j]. Compared in fp32; elements keep their
    bits where dst has data's dtype.

    Engines: vector. Chips: trn1, inf2, trn2, trn3, unit. Cost class: match_replace8.

    :param dst: [P, F], SBUF or PSUM. (written; SBUF or PSUM; any number)
    :param data: [P, F], SBUF or PSUM. (read; SBUF or PSUM; any number)
    :param vals: [P, 8], SBUF or PSUM, read before data. (read; SBUF or PSUM; any number)
    :param imm: What is written over an element that was found. (a number)
    :param dst_idx: [P, 8] of uint16 or uint32 for the places, written when a row has been read, or None. (written; SBUF
        or PSUM; uint16, uint32)
    :param name: A name for the instruction, or None.
    """
    if others:
        older(others, "nc_match_replace8", dst)
    return issue(b"\x13\x00", None, name, (
        operand(dst, "dst"), operand(data, "data"), operand(vals, "vals"), real(imm, "imm"),
        optional_operand(dst_idx, "dst_idx"),
    ))


def nc_matmul(
        dst, stationary, moving, is_stationary_onezero=False, is_moving_onezero=False, is_transpose=False,
        accumulate=None, tile_position=(), tile_size=(), perf_mode=matmul_perf_mode.none, name=None, **others):
    """dst[M,N] (+)= stationary[K,M].T @ moving[K,N]

    Matrix product on the systolic array: dst[m, n] (+)= sum over k of stationary[k, m] * moving[k, n]. The contraction
    dimension K lies on the partitions of both inputs, so the left matrix comes transposed. Each element is one chain of
    fused multiply-adds in fp32 over ascending k, starting at 0; then it overwrites dst or is added to it in fp32, and
    is rounded to dst's dtype.

    Engines: tensor. Chips: trn1, inf2, trn2, trn3, unit. Cost class: load_stationary, multiply_moving.

    :param dst: [M, N] in PSUM, fp32 (from generation 4 also bf16); within one bank before generation 4. (written; PSUM;
        float32, bfloat16, float16, tfloat32, float8_e4m3, float8_e4m3fn, float8_e5m2)
    :param stationary: [K, M] in SBUF, K and M up to 128: loaded into the array. (read; SBUF; float32, bfloat16,
        float16, tfloat32, float8_e4m3, float8_e4m3fn, float8_e5m2)
    :param moving: [K, N] in SBUF, N up to 512 (generation 4: 4096 fp32, 8192 bf16): streamed through the array. (read;
        SBUF; float32, bfloat16, float16, tfloat32, float8_e4m3, float8_e4m3fn, float8_e5m2)
    :param is_stationary_onezero: Hint: stationary holds only 0 and 1. Changes no value. (True or False)
    :param is_moving_onezero: Hint: moving holds only 0 and 1. Changes no value. (True or False)
    :param is_transpose: Transpose mode: moving is the K x K identity and dst = transposed stationary, dtype and bits
        kept. Generation 2 multiplies all the same. (True or False)
    :param accumulate: Whether dst is overwritten or added to, by element. (True, False or None)
    :param tile_position: First row and column of the tile of the array that is used: multiples of the tile's size. SBUF
        operands lie on the partitions of its rows, dst on those of its columns. (two integers)
    :param tile_size: Rows and columns of the tile, each 128, 64 or (from generation 3) 32: K and M are no larger.
        Position and size come together, or the whole array is used. Values are the same either way. (two integers)
    :param perf_mode: double_row: fp8 operands from generation 3, their free elements two halves [2, M] and [2, N]; a
        sum has 2 K terms, ascending by partition and inside a partition by half. Neither with column tiles nor with
        transpose mode. (nisa.matmul_perf_mode: none, double_row)
    :param name: A name for the instruction, or None.
    """
    if others:
        older(others, "nc_matmul", dst)
    return issue(b"\x14\x00", None, name, (
        operand(dst, "dst"), operand(stationary, "stationary"), operand(moving, "moving"),
        flag(is_stationary_onezero, "is_stationary_onezero"), flag(is_moving_onezero, "is_moving_onezero"),
        flag(is_transpose, "is_transpose"), accumulation(accumulate, "accumulate"),
        pair(tile_position, "tile_position"), pair(tile_size, "tile_size"), _matmul_perf_mode(perf_mode, "perf_mode"),
    ))


def nc_matmul_mx(
        dst, stationary, moving, stationary_scale, moving_scale, tile_position=None, tile_size=None, accumulate=None,
        name=None, **others):
    """dst[M,N] (+)= dequantised stationary[K*4,M].T @ moving[K*4,N]

    Product of two microscaled matrices: each packed element holds four terms of a sum, and each group of 8 partitions
    times 4 terms has a scale, a power of two. dst[m, n] (+)= the chain s = fma(a 2^i, b 2^j, s) from s = 0 over
    ascending partitions and inside a partition over the four terms in order, where a 2^i and b 2^j are the elements of
    column m of stationary and column n of moving times the scales of their groups. Scaled elements are exact, whatever
    their exponent; each fma rounds once to fp32. A scale of 255 is NaN.

    Engines: tensor. Chips: trn3. Cost class: load_stationary, multiply_moving.

    :param dst: [M, N] in PSUM, fp32 or bf16, up to all banks. (written; PSUM; float32, bfloat16)
    :param stationary: [K, M] in SBUF, packed; K 32, 64, 96 or 128, M even and up to 128. (read; SBUF; float8_e4m3fn_x4,
        float8_e5m2_x4, float4_e2m1fn_x4)
    :param moving: [K, N] in SBUF, packed, of the same or another format; N up to 4096 fp32 or 8192 bf16. (read; SBUF;
        float8_e4m3fn_x4, float8_e5m2_x4, float4_e2m1fn_x4)
    :param stationary_scale: [P, M] in SBUF, P at least K - 28: rows 0 to 3 of each 32 partitions are the scales of
        those 32 partitions of stationary. It starts in the same quadrant, 0, 4, 8 or 12 partitions later. (read; SBUF;
        float8_e8m0fnu, uint8)
    :param moving_scale: [P, N], likewise for moving. (read; SBUF; float8_e8m0fnu, uint8)
    :param tile_position: First row of the tile of the array that is used; the first column is 0. (two integers)
    :param tile_size: Rows of the tile, 32, 64 or 128, and all 128 columns. (two integers)
    :param accumulate: Whether dst is overwritten or added to, by element. (True, False or None)
    :param name: A name for the instruction, or None.
    """
    if others:
        older(others, "nc_matmul_mx", dst)
    return issue(b"\x15\x00", None, name, (
        operand(dst, "dst"), operand(stationary, "stationary"), operand(moving, "moving"),
        operand(stationary_scale, "stationary_scale"), operand(moving_scale, "moving_scale"),
        pair(tile_position, "tile_position"), pair(tile_size, "tile_size"), accumulation(accumulate, "accumulate"),
    ))


def nc_n_gather(dst, data, indices, name=None, **others):
    """dst[p, i] = data[p, indices[p, i]]

    dst[p, i] = data[p, indices[p, i]]: each partition picks among its own elements, its free levels counted through as
    one. Bits are kept. An index outside data is a fault before anything is written.

    Engines: gpsimd. Chips: trn1, inf2, trn2, trn3, unit. Cost class: gather.

    :param dst: [P, N] in SBUF, the dtype of data; shares no byte with data or indices. (written; SBUF; any dtype)
    :param data: [P, F] in SBUF. (read; SBUF; any dtype)
    :param indices: [P, N] in SBUF, each below F. (read; SBUF; uint32)
    :param name: A name for the instruction, or None.
    """
    if others:
        older(others, "nc_n_gather", dst)
    return issue(b"\x16\x00", None, name, (operand(dst, "dst"), operand(data, "data"), operand(indices, "indices")))


def nc_stream_shuffle(dst, src, shuffle_mask, name=None, **others):
    """dst[q*32 + i] = src[q*32 + shuffle_mask[i]]

    dst[32 q + i] = src[32 q + shuffle_mask[i]] for every quadrant q of 32 partitions and every i that dst has; where
    the mask is 255, dst keeps its row. Rows keep their bits.

    Engines: vector. Chips: trn1, inf2, trn2, trn3, unit. Cost class: shuffle.

    :param dst: [P, F], SBUF or PSUM; may be src itself. (written; SBUF or PSUM; any dtype)
    :param src: [Q, F] of dst's dtype, SBUF or PSUM; has every partition that the mask names. (read; SBUF or PSUM; any
        dtype)
    :param shuffle_mask: 32 numbers of 0 to 31, or 255. (a list of integers)
    :param name: A name for the instruction, or None.
    """
    if others:
        older(others, "nc_stream_shuffle", dst)
    return issue(b"\x17\x00", None, name, (
        operand(dst, "dst"), operand(src, "src"), integers(shuffle_mask, "shuffle_mask"),
    ))


def nc_transpose(dst, data, engine=engine.unknown, name=None, **others):
    """dst[f,p] = data[p,f]

    2D transpose: dst[f, p] = data[p, f]; several free levels count as one. The Tensor engine moves up to 128 x 128
    elements from SBUF to PSUM, the Vector engine up to 32 x 32 between any of the two. Bits are kept, except on the
    Tensor engine of generation 2, which multiplies floats by the identity in fp32: there a NaN or Inf makes NaN of the
    rest of its row of dst, and -0 becomes +0. Later Tensor engines write 8-bit elements as 16 bits, the upper 8 zero.

    Engines: tensor, vector. Chips: trn1, inf2, trn2, trn3, unit. Cost class: load_stationary, transpose_moving.

    :param dst: [F, P], the dtype of data. For 8-bit elements on the Tensor engine from generation 3 on: at even bytes,
        2, 4, … apart; the byte after each becomes 0. (written; SBUF or PSUM; any dtype)
    :param data: [P, F]. (read; SBUF or PSUM; any dtype)
    :param engine: A member of nisa.engine; unknown leaves it open.
    :param name: A name for the instruction, or None.
    """
    if others:
        older(others, "nc_transpose", dst)
    return issue(b"\x18\x00", chosen(engine), name, (operand(dst, "dst"), operand(data, "data")))


def nonzero_with_count(dst, src, index_offset=0, padding_val=-1, name=None, **others):
    """dst = places of the nonzero elements, padding, count

    In each first partition of a GpSimd core (0, 16, 32, …): dst = the places i + index_offset (modulo 2^32) where
    src[i] is not 0, ascending, then padding_val, and in the last element their number. NaN is not 0, -0 is. Other
    partitions are neither read nor written.

    Engines: gpsimd. Chips: trn2, trn3, unit. Cost class: nonzero.

    :param dst: [P, F + 1] int32 in SBUF; shares no byte with src. (written; SBUF; int32)
    :param src: [P, F] in SBUF. (read; SBUF; float32, int32)
    :param index_offset: Added to each place. (an integer)
    :param padding_val: Fills the elements between the places and the count. (an integer)
    :param name: A name for the instruction, or None.
    """
    if others:
        older(others, "nonzero_with_count", dst)
    return issue(b"\x19\x00", None, name, (
        operand(dst, "dst"), operand(src, "src"), integer(index_offset, "index_offset"),
        integer(padding_val, "padding_val"),
    ))


def quantize_mx(dst, src, dst_scale, name=None, **others):
    """dst, dst_scale = MX of src in groups of 8 partitions x 4 elements

    Microscaled form of 16-bit floats, as nc_matmul_mx reads it. Each group of 8 partitions times 4 neighbouring
    elements gets the scale 2^(floor(log2 amax) - (Emax - 1)), amax its largest magnitude and Emax the exponent of the
    largest element of dst's format: 8 for e4m3fn, 15 for e5m2. Four elements over their scale, each rounded to nearest
    even, make one of dst, the first in the lowest bits. Scales lie between 2^-127, which zeros get, and 2^127. With
    --mx-scale ocp scales are half as large and elements saturate.

    Engines: vector. Chips: trn3. Cost class: quantize_mx.

    :param dst: [P, F / 4] in SBUF, packed. (written; SBUF; float8_e4m3fn_x4, float8_e5m2_x4)
    :param src: [P, F] in SBUF, P 32, 64, 96 or 128, F a multiple of 4. (read; SBUF; float16, bfloat16)
    :param dst_scale: [S, F / 4] in SBUF, S at least P - 28: rows 0 to 3 of each 32 partitions get the scales of those
        32 partitions of src, the others keep their bytes. It starts in the quadrant of src, 0, 4, 8 or 12 partitions
        later. (written; SBUF; float8_e8m0fnu, uint8)
    :param name: A name for the instruction, or None.
    """
    if others:
        older(others, "quantize_mx", dst)
    return issue(b"\x1a\x00", None, name, (operand(dst, "dst"), operand(src, "src"), operand(dst_scale, "dst_scale")))


def rand2(dst, min, max, name=None, **others):
    """dst = uniform random numbers of [min, max]

    dst = min + (max - min) u with random u of [0, 1): uniform between min and max, in fp32 with each operation rounded,
    then rounded once to dst's dtype. u = (bits >> 8) 2^-24, where bits are what rng would write: Vector's XORWOW of the
    physical partition.

    Engines: vector. Chips: trn3. Cost class: random.

    :param dst: [P, F], SBUF or PSUM. (written; SBUF or PSUM; float8_e4m3, float8_e5m2, float16, bfloat16, float32,
        tfloat32, int32, uint32, int16, uint16, int8, uint8)
    :param min: Constant or fp32 column [P, 1]. (a number, or read; SBUF or PSUM; any number)
    :param max: Constant or fp32 column [P, 1], above min. (a number, or read; SBUF or PSUM; any number)
    :param name: A name for the instruction, or None.
    """
    if others:
        older(others, "rand2", dst)
    return issue(b"\x1b\x00", None, name, (operand(dst, "dst"), scalar(min, "min"), scalar(max, "max")))


def rand_get_state(dst, engine=engine.gpsimd, name=None, **others):
    """dst = state of the random generator

    dst = the words of each lane's random generator; a lane is a physical partition. rand_set_state restores them.
    GpSimd from generation 3, Vector from 4; without a named engine, GpSimd's.

    Engines: vector, gpsimd. Chips: trn2, trn3, unit. Cost class: random.

    :param dst: [P, 6] for GpSimd, in SBUF; [P, 24] for Vector, SBUF or PSUM. (written; SBUF or PSUM; uint32)
    :param engine: A member of nisa.engine; unknown leaves it open.
    :param name: A name for the instruction, or None.
    """
    if others:
        older(others, "rand_get_state", dst)
    return issue(b"\x1c\x00", chosen(engine), name, (operand(dst, "dst"),))


def rand_set_state(src_seeds, engine=engine.gpsimd, name=None, **others):
    """state of the random generator = src_seeds

    The random generator of each lane that has a partition in src_seeds gets that partition's words, as they stand;
    other lanes keep theirs. A lane is a physical partition. Restores what rand_get_state saved. GpSimd from generation
    3, Vector from 4; without a named engine, GpSimd's.

    Engines: vector, gpsimd. Chips: trn2, trn3, unit. Cost class: random.

    :param src_seeds: [P, 6] for GpSimd, [P, 24] for Vector, in SBUF: the words of one state, or of four. (read; SBUF;
        uint32)
    :param engine: A member of nisa.engine; unknown leaves it open.
    :param name: A name for the instruction, or None.
    """
    if others:
        older(others, "rand_set_state", None)
    return issue(b"\x1d\x00", chosen(engine), name, (operand(src_seeds, "src_seeds"),))


def range_select(
        dst, on_true_tile, comp_op0, comp_op1, bound0, bound1, reduce_cmd=reduce_cmd.reset_reduce, reduce_res=None,
        reduce_op="maximum", range_start=0, on_false_value=-3.4028234663852886e+38, name=None, **others):
    """dst[i] = i within bounds ? on_true_tile[i] : -3.4028235e38, reduce_res = max of each row

    dst[p, i] = v = (k comp_op0 bound0[p] and k comp_op1 bound1[p]) ? on_true_tile[p, i] : -3.4028235e38 with k =
    range_start + i in fp32; unless reduce_cmd is idle or reset, r[p] = max(r[p], v[p, i]), where r are the accumulate
    registers: fp32, v before it is rounded to dst's dtype (where bf16 and fp16 make -Inf of -3.4028235e38). reduce_res
    receives the registers. on_true_tile keeps its bits where it has dst's dtype.

    Engines: vector. Chips: trn2, trn3, unit. Cost class: select.

    :param dst: [P, F], SBUF or PSUM. (written; SBUF or PSUM; any number)
    :param on_true_tile: [P, F] of a float dtype. (read; SBUF or PSUM; float32, bfloat16, float16, tfloat32,
        float8_e4m3, float8_e4m3fn, float8_e5m2)
    :param comp_op0: equal, less, less_equal, greater or greater_equal. (an operator such as nl.add)
    :param comp_op1: equal, less, less_equal, greater or greater_equal. (an operator such as nl.add)
    :param bound0: fp32 column [P, 1]. (read; SBUF or PSUM; float32)
    :param bound1: fp32 column [P, 1]. (read; SBUF or PSUM; float32)
    :param reduce_cmd: reset_reduce or reset (from -Inf), reduce or idle. (nisa.reduce_cmd: idle, reset, reduce,
        reset_reduce, load_reduce)
    :param reduce_res: [P, 1] that receives the registers, or None to leave them in the engine. (written; SBUF or PSUM;
        any number)
    :param reduce_op: maximum. (an operator such as nl.add)
    :param range_start: Index of the first element; indices are within -2^24 to 2^24. (an integer)
    :param on_false_value: -3.4028235e38, the smallest fp32, and no other. (a number)
    :param name: A name for the instruction, or None.
    """
    if others:
        older(others, "range_select", dst)
    return issue(b"\x1e\x00", None, name, (
        operand(dst, "dst"), operand(on_true_tile, "on_true_tile"), _operator(comp_op0, "comp_op0"),
        _operator(comp_op1, "comp_op1"), operand(bound0, "bound0"), operand(bound1, "bound1"),
        _reduce_cmd(reduce_cmd, "reduce_cmd"), optional_operand(reduce_res, "reduce_res"),
        _operator(reduce_op, "reduce_op"), integer(range_start, "range_start"), real(on_false_value, "on_false_value"),
    ))


def reciprocal(dst, data, name=None, **others):
    """dst = 1 / data

    dst = 1 / data in fp32, rounded once to dst's dtype; iterative on the chip, so slower than the activation of that
    name.

    Engines: vector. Chips: trn1, inf2, trn2, trn3, unit. Cost class: reciprocal.

    :param dst: [P, F], SBUF or PSUM. (written; SBUF or PSUM; any number)
    :param data: [P, F], SBUF or PSUM. (read; SBUF or PSUM; any number)
    :param name: A name for the instruction, or None.
    """
    if others:
        older(others, "reciprocal", dst)
    return issue(b"\x1f\x00", None, name, (operand(dst, "dst"), operand(data, "data")))


def rng(dst, engine=engine.vector, name=None, **others):
    """dst = random bits

    dst = 32 random bits for each element, of which its dtype keeps the low ones. Each partition has a generator of its
    own, that of its physical partition: XORWOW on GpSimd (from generation 3) and on Vector from generation 4; before
    that a shift register on Vector, for which the emulator has a stand-in. Without a named engine Vector executes it.

    Engines: vector, gpsimd. Chips: trn1, inf2, trn2, trn3, unit. Cost class: random.

    :param dst: [P, F], SBUF or (Vector only) PSUM. (written; SBUF or PSUM; int8, int16, int32, uint8, uint16, uint32)
    :param engine: A member of nisa.engine; unknown leaves it open.
    :param name: A name for the instruction, or None.
    """
    if others:
        older(others, "rng", dst)
    return issue(b"\x24\x00", chosen(engine), name, (operand(dst, "dst"),))


def scalar_tensor_tensor(dst, data, op0, operand0, op1, operand1, reverse0=False, reverse1=False, name=None, **others):
    """dst = (data op0 operand0) op1 operand1

    dst = (data op0 operand0) op1 operand1, where operand0 is a constant or one value for each partition and operand1 a
    tensor. Arithmetic operators only, fp32 throughout, each rounded by itself, the result once more to dst's dtype.

    Engines: vector. Chips: trn1, inf2, trn2, trn3, unit. Cost class: elementwise_two.

    :param dst: [P, F], SBUF or PSUM. (written; SBUF or PSUM; any number)
    :param data: [P, F]; at most one of data and operand1 lies in PSUM. (read; SBUF or PSUM; any number)
    :param op0: First operator. (an operator such as nl.add)
    :param operand0: Constant or column [P, 1] of any dtype; 0 for unary operators. (a number, or read; SBUF or PSUM;
        any number)
    :param op1: Second operator, of two operands. (an operator such as nl.add)
    :param operand1: [P, F]. (read; SBUF or PSUM; any number)
    :param reverse0: operand0 op0 data instead. (True or False)
    :param reverse1: operand1 op1 (…) instead. (True or False)
    :param name: A name for the instruction, or None.
    """
    if others:
        older(others, "scalar_tensor_tensor", dst)
    return issue(b"\x25\x00", None, name, (
        operand(dst, "dst"), operand(data, "data"), _operator(op0, "op0"), scalar(operand0, "operand0"),
        _operator(op1, "op1"), operand(operand1, "operand1"), flag(reverse0, "reverse0"), flag(reverse1, "reverse1"),
    ))


def select_reduce(
        dst, predicate, on_true, on_false, reduce_res=None, reduce_cmd=reduce_cmd.idle, reduce_op="maximum",
        reverse_pred=False, name=None, **others):
    """dst = predicate ? on_true : on_false, reduce_res = max of each row

    dst = v = predicate ≠ 0 ? on_true : on_false, with reverse_pred where the predicate is 0; unless reduce_cmd is idle,
    r[p] = max(r[p], v[p, i]), where r are the accumulate registers: fp32, v before it is rounded to dst's dtype.
    reduce_res receives the registers. on_true keeps its bits where it has dst's dtype; the rest goes through fp32.

    Engines: vector. Chips: trn1, inf2, trn2, trn3, unit. Cost class: select.

    :param dst: [P, F], SBUF or PSUM. (written; SBUF or PSUM; any number)
    :param predicate: [P, F] of 8-bit or 16-bit integers; not in PSUM when on_true is. (read; SBUF or PSUM; int8, uint8,
        int16, uint16)
    :param on_true: [P, F]; neither a 32-bit integer nor tf32. (read; SBUF or PSUM; float32, bfloat16, float16,
        float8_e4m3, float8_e4m3fn, float8_e5m2, int16, uint16, int8, uint8)
    :param on_false: Constant, or column [P, 1] of any dtype. (a number, or read; SBUF or PSUM; any number)
    :param reduce_res: [P, 1] of a float dtype that receives the registers, or None to leave them. (written; SBUF or
        PSUM; float32, bfloat16, float16, tfloat32, float8_e4m3, float8_e4m3fn, float8_e5m2)
    :param reduce_cmd: idle, reset_reduce (from -Inf) or reduce. (nisa.reduce_cmd: idle, reset, reduce, reset_reduce,
        load_reduce)
    :param reduce_op: maximum. (an operator such as nl.add)
    :param reverse_pred: Chooses on_true where the predicate is 0. (True or False)
    :param name: A name for the instruction, or None.
    """
    if others:
        older(others, "select_reduce", dst)
    return issue(b"\x26\x00", None, name, (
        operand(dst, "dst"), operand(predicate, "predicate"), operand(on_true, "on_true"), scalar(on_false, "on_false"),
        optional_operand(reduce_res, "reduce_res"), _reduce_cmd(reduce_cmd, "reduce_cmd"),
        _operator(reduce_op, "reduce_op"), flag(reverse_pred, "reverse_pred"),
    ))


def sendrecv(src, dst, send_to_rank, recv_from_rank, pipe_id, dma_engine=dma_engine.dma, name=None, **others):
    """dst = src of core recv_from_rank; src goes to core send_to_rank

    Two cores exchange tiles: dst of this core = src of core recv_from_rank, while its own src goes to dst of core
    send_to_rank. Both wait until the other has arrived. Bits are kept. Priced as one DMA on each core.

    DMA, triggered by tensor, vector, scalar, gpsimd, sync. Chips: trn2, trn3, unit. Cost class: dma_trigger, dma
    packets.

    :param src: [P, F] in SBUF of this core. (read; SBUF; any dtype)
    :param dst: [P, F] in SBUF of this core, the dtype of src; shares no byte with it. (written; SBUF; any dtype)
    :param send_to_rank: The other core. (an integer)
    :param recv_from_rank: The other core. (an integer)
    :param pipe_id: Which exchange: the k-th of a pipe on one core meets the k-th on the other. (an integer)
    :param dma_engine: The DMA engines, or GpSimd's own DMA, which moves less at a time. (nisa.dma_engine: dma,
        gpsimd_dma)
    :param name: A name for the instruction, or None.
    """
    if others:
        older(others, "sendrecv", None)
    return issue(b"\x27\x00", None, name, (
        operand(src, "src"), operand(dst, "dst"), integer(send_to_rank, "send_to_rank"),
        integer(recv_from_rank, "recv_from_rank"), integer(pipe_id, "pipe_id"), _dma_engine(dma_engine, "dma_engine"),
    ))


def sequence_bounds(dst, segment_ids, name=None, **others):
    """dst[0, i], dst[1, i] = start and end of the segment of element i

    For each element of a row of n ids the segment that it belongs to, a run of neighbours of one id: dst[0, i] is the
    place of the segment's first element, dst[1, i] the place after its last. Where the id is 0 (padding) they are n and
    -1. int32 ids are compared exactly.

    Engines: gpsimd. Chips: trn1, inf2, trn2, trn3, unit. Cost class: sequence_bounds.

    :param dst: [1, 2 n] in SBUF: n starts, then n ends; shares no byte with segment_ids. (written; SBUF; float32,
        int32)
    :param segment_ids: [1, n] in SBUF, not negative. (read; SBUF; float32, int32)
    :param name: A name for the instruction, or None.
    """
    if others:
        older(others, "sequence_bounds", dst)
    return issue(b"\x28\x00", None, name, (operand(dst, "dst"), operand(segment_ids, "segment_ids")))


def set_rng_seed(src_seeds, name=None, **others):
    """seed of Vector's random generator = src_seeds

    Sets the generators of all 128 lanes of Vector from one seed, the 32 bits of src_seeds as they stand: the same seed,
    the same random numbers. GpSimd's generators stay.

    Engines: vector. Chips: trn1, inf2, trn2, trn3, unit. Cost class: random.

    :param src_seeds: [1, 1], SBUF or PSUM. (read; SBUF or PSUM; float32, int32, uint32)
    :param name: A name for the instruction, or None.
    """
    if others:
        older(others, "set_rng_seed", None)
    return issue(b"\x29\x00", None, name, (operand(src_seeds, "src_seeds"),))


def tensor_copy(dst, src, engine=engine.unknown, name=None, **others):
    """dst = src

    dst = src: element i of partition p of dst is element i of partition p of src. Equal dtypes keep their bits (NaN
    payloads, -0); others go through fp32 and are rounded once. The way out of PSUM, and between legal start partitions.
    The Scalar engine has it from generation 3; GpSimd reaches SBUF only.

    Engines: vector, scalar, gpsimd. Chips: trn1, inf2, trn2, trn3, unit. Cost class: elementwise.

    :param dst: [P, F], SBUF or PSUM. (written; SBUF or PSUM; any dtype)
    :param src: [P, F], SBUF or PSUM; its free levels may be split differently. (read; SBUF or PSUM; any dtype)
    :param engine: A member of nisa.engine; unknown leaves it open.
    :param name: A name for the instruction, or None.
    """
    if others:
        older(others, "tensor_copy", dst)
    return issue(b"\x2a\x00", chosen(engine), name, (operand(dst, "dst"), operand(src, "src")))


def tensor_copy_predicated(dst, src, predicate, reverse_pred=False, name=None, **others):
    """dst = predicate ? src : dst

    dst = src where the predicate is not 0, else dst keeps its bytes; with reverse_pred the other way round. Bits are
    kept: src has dst's dtype, or is a constant.

    Engines: vector. Chips: trn1, inf2, trn2, trn3, unit. Cost class: copy_predicated.

    :param dst: [P, F], SBUF or PSUM. (written; SBUF or PSUM; any number)
    :param src: A tensor [P, F] of dst's dtype (not a column, though the type is the same), or a constant, rounded to
        dst's dtype. (a number, or read; SBUF or PSUM; any number)
    :param predicate: [P, F] of unsigned integers; not in PSUM when src is. (read; SBUF or PSUM; uint8, uint16, uint32)
    :param reverse_pred: Copies where the predicate is 0. (True or False)
    :param name: A name for the instruction, or None.
    """
    if others:
        older(others, "tensor_copy_predicated", dst)
    return issue(b"\x2b\x00", None, name, (
        operand(dst, "dst"), scalar(src, "src"), operand(predicate, "predicate"), flag(reverse_pred, "reverse_pred"),
    ))


def tensor_partition_reduce(dst, op, data, name=None, **others):
    """dst[0, f] = op over p of data[p, f]

    dst[0, f] = data[0, f] op data[1, f] op … over all partitions, ascending: in fp32, rounded once to dst's dtype;
    bitwise operators work on the bits of integers. Slow on the chip: a product with ones on the Tensor engine adds
    faster.

    Engines: gpsimd. Chips: trn1, inf2, trn2, trn3, unit. Cost class: partition_reduce.

    :param dst: [1, F] in SBUF. (written; SBUF; any number)
    :param op: add, maximum, bitwise_or or bitwise_and. (an operator such as nl.add)
    :param data: [P, F] in SBUF; shares no byte with dst. (read; SBUF; any number)
    :param name: A name for the instruction, or None.
    """
    if others:
        older(others, "tensor_partition_reduce", dst)
    return issue(b"\x2c\x00", None, name, (operand(dst, "dst"), _operator(op, "op"), operand(data, "data")))


def tensor_reduce(dst, op, data, axis, negate=False, keepdims=False, name=None, **others):
    """dst = op over the trailing free axes of data

    dst[p, o] = data[p, o, 0] op data[p, o, 1] op … over the elements of the reduced axes, o over those of the others;
    with negate times -1. Arithmetic is fp32 in the order that Reduce states and is rounded once to dst's dtype; bitwise
    operators work on the bits of integers. Reduces along the free dimension only: across partitions, multiply with ones
    on the Tensor engine.

    Engines: vector. Chips: trn1, inf2, trn2, trn3, unit. Cost class: reduce.

    :param dst: [P, O]: the product of the kept axes. (written; SBUF or PSUM; any number)
    :param op: add, multiply, maximum, minimum, logical_and, logical_or, logical_xor, bitwise_and, bitwise_or or
        bitwise_xor. (an operator such as nl.add)
    :param data: [P, …]: its levels are its free axes. (read; SBUF or PSUM; any number)
    :param axis: The reduced free axes: the innermost ones, without gaps. (an integer or a list of them; 0 counts
        partitions, negative ones count from the last)
    :param negate: Multiplies the results with -1; arithmetic only. (True or False)
    :param keepdims: Whether dst keeps the reduced axes with one element; says nothing about values. (True or False)
    :param name: A name for the instruction, or None.
    """
    if others:
        older(others, "tensor_reduce", dst)
    return issue(b"\x2d\x00", None, name, (
        operand(dst, "dst"), _operator(op, "op"), operand(data, "data"), reduced_axes(axis, data, "axis"),
        flag(negate, "negate"), flag(keepdims, "keepdims"),
    ))


def tensor_scalar(
        dst, data, op0, operand0, reverse0=False, op1=None, operand1=None, reverse1=False, engine=engine.unknown,
        name=None, **others):
    """dst = (data op0 operand0) op1 operand1

    dst = (data op0 operand0) op1 operand1, where an operand is a constant or one value for each partition; without op1,
    dst = data op0 operand0. Arithmetic is fp32 throughout, rounded once to dst's dtype; each operator is rounded by
    itself. Bitwise operators work on the bits of integers. Vector computes all but rsqrt, which is GpSimd's; Scalar,
    from generation 3 on, multiply then add, multiply alone and add alone.

    Engines: vector, scalar, gpsimd. Chips: trn1, inf2, trn2, trn3, unit. Cost class: elementwise.

    :param dst: [P, F], SBUF or PSUM. (written; SBUF or PSUM; any number)
    :param data: [P, F], SBUF or PSUM. (read; SBUF or PSUM; any number)
    :param op0: First operator. (an operator such as nl.add)
    :param operand0: Constant or column [P, 1], fp32 for arithmetic, integers for bits; 0 for unary operators. (a
        number, or read; SBUF or PSUM; any number)
    :param reverse0: operand0 op0 data instead. (True or False)
    :param op1: Second operator, or none. (an operator such as nl.add)
    :param operand1: Its operand; given when op1 is, but for unary operators. (a number, or read; SBUF or PSUM; any
        number)
    :param reverse1: operand1 op1 (…) instead. (True or False)
    :param engine: A member of nisa.engine; unknown leaves it open.
    :param name: A name for the instruction, or None.
    """
    if others:
        older(others, "tensor_scalar", dst)
    return issue(b"\x2e\x00", chosen(engine), name, (
        operand(dst, "dst"), operand(data, "data"), _operator(op0, "op0"), scalar(operand0, "operand0"),
        flag(reverse0, "reverse0"), _optional_operator(op1, "op1"), optional_scalar(operand1, "operand1"),
        flag(reverse1, "reverse1"),
    ))


def tensor_scalar_cumulative(
        dst, src, op0, op1, imm0, imm1=None, reduce_cmd=reduce_cmd.reset_reduce, name=None, **others):
    """dst[i] = reg = (src[i] op0 imm0) op1 reg

    dst[p, i] = r = (src[p, i] op0 imm0) op1 r, i ascending, where r is the accumulate register of the partition and
    stays in the engine: with op1 = subtract, each result is the value minus the register. fp32 throughout; r is not
    rounded to dst's dtype.

    Engines: vector. Chips: trn1, inf2, trn2, trn3, unit. Cost class: scan.

    :param dst: [P, F], SBUF or PSUM; no 32-bit integers. (written; SBUF or PSUM; float32, bfloat16, float16,
        float8_e4m3, float8_e4m3fn, float8_e5m2, uint8, uint16, int8, int16)
    :param src: [P, F], SBUF or PSUM; no 32-bit integers. (read; SBUF or PSUM; float32, bfloat16, float16, float8_e4m3,
        float8_e4m3fn, float8_e5m2, uint8, uint16, int8, int16)
    :param op0: Arithmetic operator. (an operator such as nl.add)
    :param op1: add, subtract, multiply, maximum or minimum. (an operator such as nl.add)
    :param imm0: Constant or fp32 column [P, 1]; 0 for unary operators. (a number, or read; SBUF or PSUM; any number)
    :param imm1: Constant or fp32 column [P, 1] that load_reduce loads; other commands do not read it. (a number, or
        read; SBUF or PSUM; any number)
    :param reduce_cmd: reset_reduce (from 0, 1, -Inf or +Inf as op1 has it), load_reduce or reduce. (nisa.reduce_cmd:
        idle, reset, reduce, reset_reduce, load_reduce)
    :param name: A name for the instruction, or None.
    """
    if others:
        older(others, "tensor_scalar_cumulative", dst)
    return issue(b"\x2f\x00", None, name, (
        operand(dst, "dst"), operand(src, "src"), _operator(op0, "op0"), _operator(op1, "op1"), scalar(imm0, "imm0"),
        optional_scalar(imm1, "imm1"), _reduce_cmd(reduce_cmd, "reduce_cmd"),
    ))


def tensor_scalar_reduce(
        dst, data, op0, operand0, reduce_op, reduce_res=None, reverse0=False, reduce_cmd=reduce_cmd.reset_reduce,
        reduce_init=None, reduce_res_negate=False, name=None, **others):
    """dst = data op0 operand0, reduce_res = reduce_op over each row

    dst = v = data op0 operand0, and r[p] = r[p] reduce_op v[p, i], i ascending, where r are the accumulate registers:
    fp32, v before it is rounded to dst's dtype. reduce_res receives the registers, with reduce_res_negate times -1.

    Engines: vector. Chips: trn1, inf2, trn2, trn3, unit. Cost class: elementwise.

    :param dst: [P, F], SBUF or PSUM. (written; SBUF or PSUM; any number)
    :param data: [P, F], SBUF or PSUM. (read; SBUF or PSUM; any number)
    :param op0: Arithmetic operator. (an operator such as nl.add)
    :param operand0: Constant or fp32 column [P, 1]; 0 for unary operators. (a number, or read; SBUF or PSUM; any
        number)
    :param reduce_op: add, multiply, maximum or minimum. (an operator such as nl.add)
    :param reduce_res: [P, 1] that receives the registers, or None to leave them in the engine. (written; SBUF or PSUM;
        any number)
    :param reverse0: operand0 op0 data, which the chip does not support yet: False. (True or False)
    :param reduce_cmd: reset_reduce (from 0, 1, -Inf or +Inf as reduce_op has it), reduce or load_reduce.
        (nisa.reduce_cmd: idle, reset, reduce, reset_reduce, load_reduce)
    :param reduce_init: Constant or fp32 column [P, 1] that load_reduce loads; given then and only then. (a number, or
        read; SBUF or PSUM; any number)
    :param reduce_res_negate: Multiplies what reduce_res receives with -1; the registers stay. (True or False)
    :param name: A name for the instruction, or None.
    """
    if others:
        older(others, "tensor_scalar_reduce", dst)
    return issue(b"\x30\x00", None, name, (
        operand(dst, "dst"), operand(data, "data"), _operator(op0, "op0"), scalar(operand0, "operand0"),
        _operator(reduce_op, "reduce_op"), optional_operand(reduce_res, "reduce_res"), flag(reverse0, "reverse0"),
        _reduce_cmd(reduce_cmd, "reduce_cmd"), optional_scalar(reduce_init, "reduce_init"),
        flag(reduce_res_negate, "reduce_res_negate"),
    ))


def tensor_tensor(dst, data1, data2, op, engine=engine.unknown, name=None, **others):
    """dst = data1 op data2

    dst = data1 op data2, element by element. Arithmetic operators widen to fp32, compute in fp32 and round once to
    dst's dtype; bitwise ones work on the bits of integers and are Vector's alone. On GpSimd, int32 and uint32
    throughout are computed exactly, modulo 2^32; on Vector they go through fp32 like all others. power exists on GpSimd
    only.

    Engines: vector, gpsimd. Chips: trn1, inf2, trn2, trn3, unit. Cost class: elementwise_two.

    :param dst: [P, F], SBUF or PSUM. (written; SBUF or PSUM; any number)
    :param data1: [P, F]; at most one of data1 and data2 lies in PSUM. (read; SBUF or PSUM; any number)
    :param data2: [P, F]; a broadcast is a level of stride 0. (read; SBUF or PSUM; any number)
    :param op: Operator of two operands. (an operator such as nl.add)
    :param engine: A member of nisa.engine; unknown leaves it open.
    :param name: A name for the instruction, or None.
    """
    if others:
        older(others, "tensor_tensor", dst)
    return issue(b"\x31\x00", chosen(engine), name, (
        operand(dst, "dst"), operand(data1, "data1"), operand(data2, "data2"), _operator(op, "op"),
    ))


def tensor_tensor_scan(dst, data0, data1, initial, op0, op1, reverse0=False, reverse1=False, name=None, **others):
    """dst[i] = (data0[i] op0 dst[i-1]) op1 data1[i]

    dst[p, i] = s = (data0[p, i] op0 s) op1 data1[p, i], i ascending, from s = initial of the partition: a linear
    recurrence with op0 = multiply and op1 = add. Arithmetic operators only, fp32 throughout; s goes on before it is
    rounded to dst's dtype.

    Engines: vector. Chips: trn1, inf2, trn2, trn3, unit. Cost class: scan.

    :param dst: [P, F], SBUF or PSUM. (written; SBUF or PSUM; any number)
    :param data0: [P, F]; at most one of data0 and data1 lies in PSUM. (read; SBUF or PSUM; any number)
    :param data1: [P, F]. (read; SBUF or PSUM; any number)
    :param initial: Constant, or column [P, 1] of any dtype. (a number, or read; SBUF or PSUM; any number)
    :param op0: First operator, of two operands. (an operator such as nl.add)
    :param op1: Second operator, of two operands. (an operator such as nl.add)
    :param reverse0: s op0 data0 instead. (True or False)
    :param reverse1: data1 op1 (…) instead. (True or False)
    :param name: A name for the instruction, or None.
    """
    if others:
        older(others, "tensor_tensor_scan", dst)
    return issue(b"\x32\x00", None, name, (
        operand(dst, "dst"), operand(data0, "data0"), operand(data1, "data1"), scalar(initial, "initial"),
        _operator(op0, "op0"), _operator(op1, "op1"), flag(reverse0, "reverse0"), flag(reverse1, "reverse1"),
    ))


def topk(val_dst, idx_dst, src, n, name=None, **others):
    """val_dst, idx_dst = the K largest of n elements and their places

    Each GpSimd core finds the K largest of its n elements, ascending, and their places. A core's 16 partitions hold one
    list: element i, in src as in both results, lies in its partition i mod 16 at free element i / 16. K is the free
    size of val_dst, of which the results fill the first K / 16 elements (rounded up); all else keeps its bytes.

    Engines: gpsimd. Chips: trn1, inf2, trn2, trn3, unit. Cost class: top_k.

    :param val_dst: [P, K] in SBUF: the values, bits as in src; shares no byte with the others. (written; SBUF;
        bfloat16)
    :param idx_dst: [P, K] in SBUF: the places, from 0. (written; SBUF; uint32)
    :param src: [P, F] in SBUF, P a multiple of 16, F at least n / 16. (read; SBUF; bfloat16)
    :param n: Elements of each core's list that count, 8 to 65535. (an integer)
    :param name: A name for the instruction, or None.
    """
    if others:
        older(others, "topk", val_dst)
    return issue(b"\x33\x00", None, name, (
        operand(val_dst, "val_dst"), operand(idx_dst, "idx_dst"), operand(src, "src"), integer(n, "n"),
    ))
