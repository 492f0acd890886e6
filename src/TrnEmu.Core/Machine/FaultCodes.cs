using TrnEmu.Core.Diagnostics;

namespace TrnEmu.Core.Machine;

/// <summary>What executing operations can find.</summary>
public static class FaultCodes
{
    /// <summary>A dynamic address is outside its tensor.</summary>
    public static readonly DiagnosticCode DynamicAddress = new(
        "TRN3001",
        "dynamic address out of bounds",
        "A register or index tensor moved the access pattern outside the tensor; the chip would read or write its neighbours.",
        "Check the indices, or pass oob_mode=skip to a gather or scatter to leave such rows out.");

    /// <summary>A wait that nothing can satisfy.</summary>
    public static readonly DiagnosticCode Deadlock = new(
        "TRN3002",
        "deadlock",
        "Every engine that still has work waits for a semaphore that no running instruction will signal.",
        "Check the amounts signalled and waited for; a wait must come after its signals in program order.");

    /// <summary>Two rows of an indexed sum have one index.</summary>
    public static readonly DiagnosticCode NotUnique = new(
        "TRN3004",
        "index that is not unique",
        "A DMA that adds to rows in place reads a row before it writes it; of two sums to one row, one could be lost.",
        "Add up what goes to one row first, or leave rows out with an index outside the tensor and oob_mode=skip.");

    /// <summary>An argument of an activation lies outside the range where the function is valid.</summary>
    public static readonly DiagnosticCode ActivationRange = new(
        "TRN3030",
        "activation outside its range",
        "The Scalar engine approximates each function on a range of arguments, and gives invalid results outside of it.",
        "Bring data * scale + bias into the range, 0 and Inf included; Vector's reciprocal and GpSimd's rsqrt have none.");

    /// <summary>An index moves source and destination of a DMA onto each other.</summary>
    public static readonly DiagnosticCode DmaOverlap = new(
        "TRN3007",
        "source and destination overlap",
        "Sixteen DMA engines read and write at once, in no order: what one reads another may have overwritten.",
        "Copy through a tensor of its own.");

    /// <summary>Where an index moves an operand of an engine, the operation is not legal.</summary>
    public static readonly DiagnosticCode MovedOperand = new(
        "TRN3008",
        "operand moved to where it must not be",
        "What is illegal at a written address is so at one that an index gives. Elements stream through an engine: what is written "
        + "where a source still has to be read changes that source.",
        "Keep the moved operand away from the others, or give it a tensor of its own.");

    /// <summary>Vector reduces on top of a register that holds nothing known.</summary>
    public static readonly DiagnosticCode UndefinedAccumulator = new(
        "TRN3020",
        "undefined accumulator",
        "Vector's accumulate registers hold nothing known before an operation sets them, nor after one with reduce_cmd idle.",
        "Begin with reduce_cmd=reset_reduce (or load_reduce), and let no idle one of that family come between.");

    /// <summary>More iterations of loops than a run may have.</summary>
    public static readonly DiagnosticCode Iterations = new(
        "TRN3005",
        "too many iterations",
        "How often a loop runs can depend on data; one whose condition never becomes 0 would run for ever.",
        "Check the bounds and what the body writes to the condition, or raise --max-iterations.");

    /// <summary>More operations executed than time can follow.</summary>
    public static readonly DiagnosticCode TooLong = new(
        "TRN3006",
        "too many operations executed",
        "Time follows each iteration of a loop, and an operation in a body counts once for each.",
        "Raise --max-instructions, run with --only function, or let the loop run less often.");
}
