using TrnEmu.Core.Diagnostics;
using TrnEmu.Core.Isa;
using TrnEmu.Core.Isa.Effects;
using TrnEmu.Core.Memory;
using TrnEmu.Core.Numerics;
using TrnEmu.Sim.Observers;
using TrnEmu.Tests.Dependences;
using TrnEmu.Tests.Memory;
using Property = TrnEmu.Tests.Support.Property;

namespace TrnEmu.Tests.Sim.Observers;

public sealed class WrittenObserverTests
{
    private static readonly Tensor In = new(0, "in", MemorySpace.Hbm, DType.Fp32, [8, 16]) { Role = TensorRole.Input };
    private static readonly Tensor Out =
        new(1, "out", MemorySpace.Hbm, DType.Fp32, [8, 16]) { Role = TensorRole.Output };
    private static readonly Tensor Auto = Sbuf(2, "auto", null, false);
    private static readonly Tensor Placed = Sbuf(3, "placed", new Address(32, 64), false);
    private static readonly Tensor Over = Sbuf(4, "over", new Address(32, 96), false);
    private static readonly Tensor Pin = Sbuf(5, "pin", new Address(64, 0), true);
    private static readonly Tensor Pin2 = Sbuf(6, "pin2", new Address(66, 32), true);

    [Fact]
    public void The_first_missing_byte_is_named()
    {
        var fault = Finds(
            Write(AccessPattern.Whole(Placed) with { Partitions = 5 }),
            Write(AccessPattern.Whole(Placed) with { StartPartition = 5, Partitions = 3, Count3 = 12 }),
            Read(AccessPattern.Whole(Placed) with { StartPartition = 4, Partitions = 3 }));
        Assert.Equal(
            """
            k.py:2: error TRN3110: move reads src: bytes 48 to 63 in partitions 5 to 6 of placed, which nothing wrote
                k.py:1: placed was made here
            """,
            fault!.Diagnostics[0].ToString());
    }

    [Fact]
    public void Inputs_count_as_written_and_outputs_do_not()
    {
        Assert.Null(Finds(Read(AccessPattern.Whole(In))));
        Assert.Equal("TRN3110", Code(Read(AccessPattern.Whole(Out))));
        Assert.Null(Finds(Write(AccessPattern.Whole(Out)), Read(AccessPattern.Whole(Out))));
    }

    [Fact]
    public void A_conditional_write_makes_nothing_written_and_an_accumulation_needs_something_written()
    {
        var all = AccessPattern.Whole(Auto);
        Assert.Equal("TRN3110", Code(Do(all, AccessKind.MayWrite), Read(all)));
        Assert.Null(Finds(Write(all), Do(all, AccessKind.MayWrite), Read(all)));
        Assert.Equal("TRN3110", Code(Do(all, AccessKind.Accumulate)));
        Assert.Null(Finds(Write(all), Do(all, AccessKind.Accumulate), Read(all)));
    }

    [Fact]
    public void An_automatic_tensor_reads_only_what_was_written_through_it()
    {
        Assert.Equal("TRN3110", Code(Write(AccessPattern.Whole(Placed)), Read(AccessPattern.Whole(Over))));
        Assert.Null(Finds(
            Write(AccessPattern.Whole(Placed)), Write(AccessPattern.Whole(Over)), Read(AccessPattern.Whole(Over))));
    }

    [Fact]
    public void A_pinned_tensor_may_read_what_another_wrote_but_not_over_its_own()
    {
        var one = AccessPattern.Whole(Pin) with { StartPartition = 2, Partitions = 6, Offset = 32, Count3 = 8 };
        var two = AccessPattern.Whole(Pin2) with { Partitions = 6, Count3 = 8 };
        Assert.Null(Finds(Write(two), Read(one)));
        Assert.Null(Finds(Write(one), Write(two), Read(two)));
        Assert.Null(Finds(Write(one), Write(two), Write(one), Read(one)));
        Assert.Equal("TRN3111", Code(Write(two), Write(one), Read(two)));
        var clobber = new Move(two) { Span = new SourceSpan("k.py", 9) };
        var fault = Finds(Write(one), Write(two) with { Operation = clobber }, Read(one));
        Assert.Equal(
            """
            k.py:2: error TRN3111: move reads src: bytes 32 to 63 in partitions 2 to 7 of pin, which move overwrote through pin2 at the same address
                k.py:9: move writes pin2 here
                k.py:1: pin was made here
            """,
            fault!.Diagnostics[0].ToString());
    }

    [Fact]
    public void Agrees_with_a_table_of_bytes() => Property.ForAll(
        FsCheck.Fluent.Gen.Choose(0, int.MaxValue - 1),
        seed =>
        {
            var random = new Random(seed);
            var tensor = random.Next(2) == 0 ? Auto : Out;
            var writes = Enumerable.Range(0, 6).Select(_ => RandomPattern.Make(random, tensor)).ToArray();
            var read = RandomPattern.Make(random, tensor);
            var written = writes.SelectMany(w => PatternBytes.Of(w, tensor)).ToHashSet();
            var isSound = PatternBytes.Of(read, tensor).IsSubsetOf(written);
            Assert.Equal(isSound, Finds([.. writes.Select(Write), Read(read)]) is null);
        },
        300);

    private static Tensor Sbuf(int id, string name, Address? address, bool pinned) =>
        new(id, name, MemorySpace.Sbuf, DType.Fp32, [8, 16])
        {
            Address = address,
            IsPinned = pinned,
            Span = new SourceSpan("k.py", 1),
        };

    private static Entry Write(AccessPattern p) => new(new Move(p), Engine.Vector);

    private static Entry Read(AccessPattern p) =>
        new(new Move(null, p) { Span = new SourceSpan("k.py", 2) }, Engine.Vector);

    private static Entry Do(AccessPattern p, AccessKind kind) =>
        new(new Touch([new MemoryEffect(p, kind)]), Engine.Vector);

    private static string? Code(params Entry[] entries) => Finds(entries)?.Diagnostics[0].Code.Id;

    private static TrnException? Finds(params Entry[] entries)
    {
        var program = new Program
        {
            Tensors = [In, Out, Auto, Placed, Over, Pin, Pin2],
            Cores = [new CoreProgram { Entries = EquatableArray.Create<Entry>(entries) }],
        };
        return Fault.Of(() => WrittenObserver.Check(program));
    }
}
