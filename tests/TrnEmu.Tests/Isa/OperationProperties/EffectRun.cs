using TrnEmu.Core.Isa;
using TrnEmu.Core.Machine;
using TrnEmu.Core.Memory;

namespace TrnEmu.Tests.Isa.OperationProperties;

/// <summary>One operation executed alone; what it does not declare as read can be changed beforehand.</summary>
internal sealed record EffectRun(byte[][] OldBytes, byte[][] NewBytes, EffectState Before, EffectState After)
{
    public static EffectRun Of(Trial trial, Touched touched, bool isPoisoned)
    {
        using var binding = Binding.Virtual(trial.Program);
        var old = trial.Bytes.Select(b => b.ToArray()).ToArray();
        if (isPoisoned) Poison(old, touched);
        foreach (var tensor in trial.Program.Tensors.Span) TensorBytes.Write(binding, tensor, old[tensor.Id]);
        var index = trial.Program.Cores[0].Entries.Span.IndexOf(trial.Subject);
        var core = new CoreState(trial.Program, binding, trial.Chip, arithmetic: trial.Arithmetic) { Current = trial.Subject, Next = index + 1 };
        var before = State(core, touched, isPoisoned);
        before.Store(core);
        core.Execute(trial.Subject);
        return new EffectRun(
            old, [.. trial.Program.Tensors.Select(t => TensorBytes.Read(binding, t))], before, EffectState.Of(core));
    }

    public (byte Old, byte New) Byte(int tensor, int place) => (OldBytes[tensor][place], NewBytes[tensor][place]);

    public (int Old, int New) Register(int number) => (Before.Registers[number], After.Registers[number]);

    public (uint Old, uint New) Sum(int lane) => (Before.Sums[lane], After.Sums[lane]);

    public (uint Old, uint New) VectorSum(int lane) => (Before.VectorSums[lane], After.VectorSums[lane]);

    public (uint Old, uint New) VectorRandom(int word) => (Before.VectorRandom[word], After.VectorRandom[word]);

    public (uint Old, uint New) GpSimdRandom(int word) => (Before.GpSimdRandom[word], After.GpSimdRandom[word]);

    private static void Poison(byte[][] bytes, Touched touched)
    {
        for (var tensor = 0; tensor < bytes.Length; tensor++)
        {
            for (var place = 0; place < bytes[tensor].Length; place++)
            {
                if (!touched.Reads(tensor, place)) bytes[tensor][place] ^= 0x5A;
            }
        }
    }

    private static EffectState State(CoreState core, Touched touched, bool isPoisoned)
    {
        const int Count = 128;
        var registers = new int[Count];
        for (var r = 0; r < Count; r++)
            registers[r] = touched.Registers.GetValueOrDefault(r, r * 3)
                + (isPoisoned && !touched.ReadsRegister(r) ? 1000 : 0);
        return new EffectState(
            registers, Sums(isPoisoned && !touched.ReadsSums), Sums(isPoisoned && !touched.ReadsVectorSums),
            Random(Engine.Vector), Random(Engine.GpSimd));

        uint[] Random(Engine engine) => isPoisoned && !touched.ReadsRandom(engine)
            ? [.. EffectState.Words(core, engine).Select(w => ~w)]
            : EffectState.Words(core, engine);
    }

    private static uint[] Sums(bool isPoisoned) =>
        [.. Enumerable.Range(0, Limits.Partitions).Select(p => BitConverter.SingleToUInt32Bits((isPoisoned ? 7.5f : 1.25f) + p))];
}
