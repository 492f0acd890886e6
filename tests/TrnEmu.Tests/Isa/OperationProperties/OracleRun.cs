using TrnEmu.Core.Diagnostics;
using TrnEmu.Core.Isa;
using TrnEmu.Core.Machine;
using TrnEmu.Core.Numerics;
using TrnEmu.Tests.Isa.Oracles;

namespace TrnEmu.Tests.Isa.OperationProperties;

/// <summary>
/// Runs a program by the function pass and by the oracle, and compares registers and all memory after each operation:
/// the bytes of tensors, and those between them. Where an element has a tolerance, the oracle goes on with the
/// machine's choice. That operands must not be moved onto each other is a rule of each operation, which the oracle does
/// not know: that fault is judged by whether they are.
/// </summary>
internal sealed class OracleRun : IExecutionObserver
{
    private const byte Guard = 0xA5;
    private readonly Trial _trial;
    private readonly Binding _binding;
    private readonly OracleMachine _oracle;
    private readonly Dictionary<NativeBlock, byte[]> _expected = [];
    private OracleFault? _fault;
    private CoreState? _core;
    private bool _meets;
    private bool _isOutside;

    private OracleRun(Trial trial, Binding binding)
    {
        (_trial, _binding) = (trial, binding);
        var memory = new OracleMemory(trial.Program, [.. trial.Bytes.Select(b => b.ToArray())]);
        _oracle = new OracleMachine(trial.Program, trial.Chip.Generation, memory, trial.Arithmetic);
        foreach (var tensor in trial.Program.Tensors.Span)
        {
            var block = binding[tensor.Id].Block;
            if (_expected.TryAdd(block, new byte[block.Length])) block.Fill(0, block.Length, Guard);
        }

        foreach (var expected in _expected.Values) Array.Fill(expected, Guard);
        foreach (var tensor in trial.Program.Tensors.Span)
            TensorBytes.Write(binding, tensor, trial.Bytes[tensor.Id]);
    }

    /// <summary>Operands here are small: cut as if they were large.</summary>
    private static RowGrain Fine => new(3, 1);

    /// <summary>What the operations saw.</summary>
    public static ValueCounts Check(Trial trial, Binding binding, int threads = 1)
    {
        using (binding)
        {
            var run = new OracleRun(trial, binding);
            run.Run(threads);
            return run._oracle.Counts;
        }
    }

    /// <inheritdoc/>
    public void BeforeExecute(int core, int index, in Entry entry, CoreState state)
    {
        if (_fault is not null) Assert.Fail($"operation {index - 1} should have stopped with {_fault.Code}\n{_trial}");
        _core = state;
        Assert.True(index == _oracle.Next, $"operation {index} is executed, not {_oracle.Next}\n{_trial}");
        if (index > 0) Compare(index - 1);
        (_meets, _isOutside) = (Meeting.Of(entry.Operation, _oracle), Meeting.IsOutside(entry.Operation, _oracle));
        try
        {
            _oracle.Step(entry);
        }
        catch (OracleFault fault)
        {
            _fault = fault;
        }
    }

    private void Run(int threads)
    {
        try
        {
            FunctionPass.Run(_trial.Program, _binding, _trial.Chip, this, threads, _trial.Arithmetic, grain: Fine);
        }
        catch (TrnException e) when (e.Diagnostics[0].Code == FaultCodes.MovedOperand)
        {
            Assert.True(_meets, $"{e.Message}\nno operand is moved onto what is written\n{_trial}");
            return;
        }
        catch (TrnException e)
        {
            // Of an address and a value that are both wrong, either may be found first.
            var isDue = e.Diagnostics[0].Code.Id == _fault?.Code
                || (_fault is not null && _isOutside && e.Diagnostics[0].Code == FaultCodes.DynamicAddress);
            Assert.True(isDue, $"{e.Message}\nexpected {_fault?.Code}\n{_trial}");
            return;
        }

        if (_fault is not null) Assert.Fail($"the last operation should have stopped with {_fault.Code}\n{_trial}");
        Assert.Equal(_trial.Program.Cores[0].Entries.Count, _oracle.Next);
        Compare(_oracle.Next - 1);
    }

    private void Compare(int index)
    {
        CompareRegisters(index);
        var wrong = _oracle.Memory.Settle((tensor, place, size) =>
            TensorBytes.Load(_binding, _trial.Program.Tensors[tensor], place, size));
        if (wrong.Count > 0) Fail(index, wrong[0].Tensor, wrong[0].Place, "outside the tolerance");
        foreach (var tensor in _trial.Program.Tensors.Span)
        {
            var expected = _expected[_binding[tensor.Id].Block];
            foreach (var (block, first, length) in TensorBytes.Rows(_binding, tensor))
                _oracle.Memory[tensor.Id].AsSpan(first, length).CopyTo(expected.AsSpan((int)block));
        }

        foreach (var (block, expected) in _expected)
        {
            if (!block.Span(0, expected.Length).SequenceEqual(expected)) Explain(index);
        }
    }

    private void CompareRegisters(int index)
    {
        foreach (var (number, expected) in _oracle.Registers)
        {
            var actual = _core![new Register(number)];
            if (actual != expected) Assert.Fail($"operation {index}: r{number} is {actual}, not {expected}\n{_trial}");
        }
    }

    private void Explain(int index)
    {
        foreach (var tensor in _trial.Program.Tensors.Span)
        {
            var expected = _oracle.Memory[tensor.Id];
            for (long place = 0; place < expected.Length; place++)
            {
                var actual = TensorBytes.Load(_binding, tensor, place, 1);
                if (actual != expected[place]) Fail(index, tensor.Id, place, "differs");
            }
        }

        Assert.Fail($"operation {index} wrote outside all tensors\n{_trial}");
    }

    private void Fail(int index, int tensor, long place, string how)
    {
        var t = _trial.Program.Tensors[tensor];
        var size = t.DType.Size();
        place -= place % size;
        var (row, offset) = Math.DivRem(place, _oracle.Memory.RowBytes(tensor));
        Assert.Fail($"after operation {index} {t.Name} {how} in row {row} at byte {offset}: "
            + $"0x{TensorBytes.Load(_binding, t, place, size):x}, expected "
            + $"0x{_oracle.Memory.Load(tensor, place, size):x}\n{_trial}");
    }
}
