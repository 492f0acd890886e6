using System.Runtime.CompilerServices;
using TrnEmu.Compiler.FrontEnd;
using TrnEmu.Core.Diagnostics;
using TrnEmu.Core.Isa;
using TrnEmu.Core.Memory;
using TrnEmu.Core.Numerics;

namespace TrnEmu.Tests.Compiler.FrontEnd;

/// <summary>What a kernel does wrong is told at the kernel's own line.</summary>
public sealed class MisuseTests
{
    private readonly KernelBuilder _k = new(TestChips.Trn2);
    private readonly TensorView _sbuf;
    private readonly TensorView _hbm;

    public MisuseTests()
    {
        _sbuf = _k.Sbuf("tile", DType.Fp32, [64, 32]);
        _hbm = _k.Input("x", DType.Fp32, [64, 32]);
    }

    [Fact]
    public void Slices_stay_inside()
    {
        Expect("TRN4101", "range 30..33 of dimension 1, tile as fp32[64,32] has 32 there", () => _sbuf[.., 30..33]);
        Expect("TRN4101", "index 64 of dimension 0", () => _sbuf[64]);
        Expect("TRN4101", "index -1 of dimension 0", () => _hbm[-1]);
        Expect("TRN4101", "a view cannot be empty", () => _sbuf[5..5]);
        Expect("TRN4101", "3 indices, tile as fp32[64,32] has 2 dimensions", () => _sbuf[0, 0, 0]);
    }

    [Fact]
    public void Partitions_stay_partitions()
    {
        Expect("TRN4102", "cannot be seen as [32,64] in place", () => _sbuf.Reshape([32, 64]));
        Expect("TRN4102", "dimension 0 counts partitions", () => _sbuf.Permute([1, 0]));
        Expect("TRN4102", "each dimension must be named once", () => _hbm.Permute([1, 1]));
        Expect("TRN4102", "cannot be repeated 4 times", () => _sbuf[..1].Broadcast(0, 4));
        Expect("TRN4102", "cannot be seen as [1024] in place", () => _hbm[.., ..16].Reshape([1024]));
        Expect("TRN4102", "cannot be seen as [2048]", () => _hbm[.., ..16].Reshape([2048]));
    }

    [Fact]
    public void Strides_stay_inside_of_HBM_tensors()
    {
        Expect("TRN4102", "tile as fp32[64,32] cannot be seen as [4] by [1]: it must be in HBM", () => _sbuf.Strided([4], [1]));
        Expect("TRN4102", "cannot be seen as [4] by [1,2]", () => _hbm.Strided([4], [1, 2]));
        Expect("TRN4102", "cannot be seen as [0] by [1]", () => _hbm.Strided([0], [1]));
        Expect("TRN4101", "elements 2047 to 2048 of x are seen as [2] by [1], it has 2048", () => _hbm.Strided([2], [1], 2047));
        Expect("TRN4101", "elements -1 to 32 of x", () => _hbm[1].Strided([2], [-33]));
    }

    [Fact]
    public void Types_change_whole_rows_only()
    {
        Expect("TRN4102", "cannot be seen as fp32", () => _hbm.As(DType.Bf16)[.., ..3].As(DType.Fp32));
        Assert.Equal([64, 64], _hbm.As(DType.Bf16).Shape.ToArray());
    }

    [Fact]
    public void Declarations_are_checked()
    {
        Expect("TRN4104", "SBUF tensor t has 129 partitions, limit 128", () => _k.Sbuf("t", DType.Fp32, [129, 1]));
        Expect("TRN4104", "each must be at least 1", () => _k.Psum("t", DType.Fp32, [1, 0]));
        Expect("TRN4104", "\"1t\" is no tensor name", () => _k.Hbm("1t", DType.Fp32, [1]));
        Expect("TRN4104", "has no extents", () => _k.Hbm("t", DType.Fp32, []));
    }

    [Fact]
    public void Dynamic_indices_are_checked()
    {
        var index = _k.Sbuf("index", DType.Int32, [64, 1]);
        Expect("TRN4105", "is no index", () => _hbm.At(index, 0));
        Expect("TRN4105", "is no index", () => _hbm.Gather(_sbuf));
        Expect("TRN4105", "cannot be gathered", () => _sbuf.Gather(index));
        Expect("TRN4105", "cannot be indexed while running", () => _sbuf.At(new Register(0), 0));
        Expect("TRN4105", "cannot be indexed while running", () => _hbm.At(new Register(0), 0).At(new Register(1), 1));
    }

    [Fact]
    public void Dynamic_views_carry_their_index()
    {
        var index = _k.Sbuf("index", DType.Int32, [64, 2]);
        AccessPattern moved = _hbm[.., 8..].At(index[3..4, 1..], 1, 4);
        Assert.Equal(new DynamicOffset(OffsetKind.Scalar, index.Tensor.Id, 3, 4, 1), moved.Dynamic);
        Assert.Equal((32, 64, 4), (moved.Offset, moved.Partitions, moved.Count3));
        AccessPattern rows = _hbm.Gather(index[.., ..1])[16..20, 1..];
        Assert.Equal(new DynamicOffset(OffsetKind.Vector, index.Tensor.Id, 16, 0, 32), rows.Dynamic);
        Assert.Equal((4, 4, 31), (rows.Offset, rows.Partitions, rows.Count3));
    }

    [Fact]
    public void Names_are_unique()
    {
        string[] names = [_k.Sbuf("acc", DType.Fp32, [1, 1]).Tensor.Name, _k.Sbuf("acc.1", DType.Fp32, [1, 1]).Tensor.Name,
            _k.Sbuf("acc", DType.Fp32, [1, 1]).Tensor.Name];
        Assert.Equal(["acc", "acc.1", "acc.2"], names);
    }

    /// <summary>The action must be on the caller's line.</summary>
    private static void Expect(string code, string words, Func<object> action, [CallerLineNumber] int line = 0)
    {
        var thrown = Assert.Throws<TrnException>(action);
        var finding = Assert.Single(thrown.Diagnostics);
        Assert.Equal(code, finding.Code.Id);
        Assert.Contains(words, finding.Message, StringComparison.Ordinal);
        Assert.Equal(new SourceSpan("tests/TrnEmu.Tests/Compiler/FrontEnd/MisuseTests.cs", line), finding.Where);
    }
}
