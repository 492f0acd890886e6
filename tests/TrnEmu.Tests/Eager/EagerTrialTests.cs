using TrnEmu.Core.Chips;
using TrnEmu.Core.Diagnostics;
using TrnEmu.Core.Isa;
using TrnEmu.Core.Machine;
using TrnEmu.Core.Memory;
using TrnEmu.Eager;
using TrnEmu.Tests.Isa.OperationProperties;
using TrnEmu.Tests.Support;

namespace TrnEmu.Tests.Eager;

/// <summary>
/// Random programs around each operation, with tensors at addresses: an eager run leaves the bytes that the function pass
/// leaves, or both find the same fault.
/// </summary>
public sealed class EagerTrialTests
{
    private const int Cases = 60;

    public static TheoryData<string> Operations => [.. OneCore.Operations.Select(o => o.Name)];

    [Theory]
    [MemberData(nameof(Operations))]
    public void An_eager_run_is_the_function_pass(string name)
    {
        var compared = 0;
        Property.ForAll(TrialSeed.Any, seed =>
        {
            var trial = Trial.Make(OperationInfo.Find(name)!.Type, seed);
            var program = trial.Program with { Tensors = [.. trial.Program.Tensors.Select(t => t with { IsPinned = t.Address is not null })] };
            var sums = new AccumulationResolver(program.Tensors, trial.Chip.Generation);
            foreach (var entry in program.Cores[0].Entries) sums.Resolve(entry.Operation);
            if (sums.Findings.Count > 0 || !IsLegal(program, trial.Chip)) return;
            compared++;
            Compare(trial, program);
        }, Cases);
        Assert.InRange(compared, 1, int.MaxValue);
    }

    private static bool IsLegal(Program program, Chip chip)
    {
        var verifier = new Verifier(program, chip);
        foreach (var entry in program.Cores[0].Entries) verifier.Verify(entry);
        return verifier.Findings.Count == 0 && program.Tensors.All(t => Fits(t, chip));
    }

    /// <summary>The addresses of trials do not look at how large their tensors are.</summary>
    private static bool Fits(Tensor tensor, Chip chip)
    {
        if (tensor.Address is not { } address) return true;
        var bytes = tensor.Space == MemorySpace.Sbuf ? chip.SbufBytesPerPartition.ToInt32() : chip.PsumBytesPerPartition;
        return address.Partition + tensor.Partitions <= Limits.Partitions && address.Byte + tensor.BytesPerPartition <= bytes;
    }

    private static void Compare(Trial trial, Program program)
    {
        var (expected, fault) = Execute(trial, program);
        var options = new EagerOptions
        {
            Uninitialised = Uninitialised.Zero,
            Run = new RunOptions { Chip = trial.Chip.Name, Arithmetic = trial.Arithmetic },
        };
        if (fault is not null)
        {
            var same = Assert.Throws<TrnException>(() => EagerReplay.Of(program, t => trial.Bytes[t.Id], options).Dispose());
            Assert.Equal(fault.Message, same.Message);
            return;
        }

        using var replay = EagerReplay.Of(program, t => trial.Bytes[t.Id], options);
        foreach (var tensor in program.Tensors) Assert.True(expected[tensor.Id].AsSpan().SequenceEqual(replay.Read(tensor)), $"{tensor.Name}\n{trial}");
    }

    private static (byte[][] Bytes, TrnException? Fault) Execute(Trial trial, Program program)
    {
        using var binding = Binding.Virtual(program);
        foreach (var tensor in program.Tensors) TensorBytes.Write(binding, tensor, trial.Bytes[tensor.Id]);
        try
        {
            FunctionPass.Run(program, binding, trial.Chip, arithmetic: trial.Arithmetic);
        }
        catch (TrnException e)
        {
            return ([], e);
        }

        return ([.. program.Tensors.Select(t => TensorBytes.Read(binding, t))], null);
    }
}
