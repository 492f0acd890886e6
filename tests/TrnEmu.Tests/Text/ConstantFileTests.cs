using TrnEmu.Core.Diagnostics;
using TrnEmu.Core.Memory;
using TrnEmu.Core.Numerics;
using TrnEmu.Core.Text;

namespace TrnEmu.Tests.Text;

public sealed class ConstantFileTests : IDisposable
{
    private readonly string _program = Path.Combine(Path.GetTempPath(), Path.GetRandomFileName());

    public void Dispose() => File.Delete(ConstantFile.PathOf(_program));

    [Fact]
    public void Constants_are_read_as_they_were_written_at_aligned_offsets()
    {
        var tensors = Write([1, 2, 3], [4, 5, 6, 7, 8]);
        Assert.Equal([0L, 64L], tensors.Select(t => t.Content!.Offset));
        Assert.Null(Read(tensors[0], out var first));
        Assert.Null(Read(tensors[1], out var second));
        Assert.Equal([1, 2, 3], first);
        Assert.Equal([4, 5, 6, 7, 8], second);
    }

    [Fact]
    public void A_changed_byte_is_found()
    {
        var tensor = Write([1, 2, 3])[0];
        File.WriteAllBytes(ConstantFile.PathOf(_program), [1, 2, 4]);
        Assert.Equal(TextCodes.ConstantsChanged, Read(tensor, out _)!.Code);
    }

    [Theory]
    [InlineData(1, 3)]
    [InlineData(0, 4)]
    [InlineData(long.MaxValue, 3)]
    public void A_range_that_is_not_the_tensors_or_not_in_the_file_is_found(long offset, long length)
    {
        var tensor = Write([1, 2, 3])[0];
        tensor = tensor with { Content = tensor.Content! with { Offset = offset, Length = length } };
        Assert.Equal(TextCodes.ConstantsShort, Read(tensor, out _)!.Code);
    }

    [Fact]
    public void A_missing_file_is_a_finding()
    {
        Assert.Null(ConstantFile.Open(_program, out var finding));
        Assert.Equal(TextCodes.ConstantsMissing, finding!.Code);
    }

    private Tensor[] Write(params byte[][] constants)
    {
        using var stream = File.Create(ConstantFile.PathOf(_program));
        var writer = new ConstantWriter(stream);
        return [.. constants.Select((bytes, i) => new Tensor(i, $"c{i}", MemorySpace.Hbm, DType.UInt8, [bytes.Length]) { Content = writer.Add(bytes) })];
    }

    private Diagnostic? Read(Tensor tensor, out byte[] bytes)
    {
        using var file = ConstantFile.Open(_program, out _);
        bytes = new byte[tensor.Bytes];
        return file!.Read(tensor, bytes);
    }
}
