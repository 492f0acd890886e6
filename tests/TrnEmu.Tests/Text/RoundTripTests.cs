using System.Globalization;
using TrnEmu.Core.Isa;
using TrnEmu.Core.Memory;
using TrnEmu.Core.Numerics;
using TrnEmu.Core.Text;
using TrnEmu.Tests.Support;

namespace TrnEmu.Tests.Text;

public sealed class RoundTripTests
{
    [Fact]
    public void Any_program_is_read_back_as_it_was() =>
        Property.ForAll(RandomPrograms.All, TextPrograms.CheckRoundTrip, 500);

    [Fact]
    public void The_empty_program_is_read_back() => TextPrograms.CheckRoundTrip(Program.Empty);

    [Fact]
    public void Expanded_text_is_the_same_program() =>
        Property.ForAll(FsCheck.Fluent.Gen.Where(RandomPrograms.All, HasOnlySamples), p => Assert.Equal(p, TextPrograms.Read(TextPrograms.Expanded(p))), 20);

    [Theory]
    [InlineData("0")]
    [InlineData("-0")]
    [InlineData("NaN")]
    [InlineData("1E-45")]
    [InlineData("0.1")]
    public void Numbers_keep_their_bits(string number)
    {
        var value = float.Parse(number, CultureInfo.InvariantCulture);
        var read = (SampleOperation)TextPrograms.Read(ProgramText.Print(Sample(value))).Cores[0].Entries[0].Operation;
        Assert.Equal(BitConverter.SingleToInt32Bits(value), BitConverter.SingleToInt32Bits(read.Alpha));
        Assert.Equal(BitConverter.SingleToInt32Bits(value), BitConverter.SingleToInt32Bits(read.Bias.Value));
    }

    [Fact]
    public void A_tensor_with_rows_too_long_for_a_level_is_printed_and_read()
    {
        var tensor = new Tensor(0, "big", MemorySpace.Hbm, DType.Int8, [1, 1 << 16, 1 << 16]);
        var pattern =
            new AccessPattern { Partitions = 1, DType = DType.Int8, Count2 = 1 << 16, Stride2 = 1 << 16, Count3 = 9, Stride3 = 1, Count0 = 1, Count1 = 1 };
        var operation = Sample(0).Cores[0].Entries[0].Operation as SampleOperation;
        TextPrograms.CheckRoundTrip(new Program { Tensors = [tensor], Cores = [new CoreProgram { Entries = [new Entry(operation! with { Dst = pattern })] }] });
    }

    private static Program Sample(float value)
    {
        var tensor = new Tensor(0, "t", MemorySpace.Sbuf, DType.Fp32, [128, 8]);
        var operation =
            new SampleOperation(AccessPattern.Whole(tensor), value, new Register(1), [], [], 1, "", Alpha: value);
        return new Program { Tensors = [tensor], Cores = [new CoreProgram { Entries = [new Entry(operation)] }] };
    }

    private static bool HasOnlySamples(Program p) =>
        p.Cores.All(c => c.Entries.All(e => e.Operation is SampleOperation));
}
