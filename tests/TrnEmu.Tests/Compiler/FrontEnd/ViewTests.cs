using FsCheck.Fluent;
using TrnEmu.Compiler.FrontEnd;
using TrnEmu.Core.Diagnostics;
using TrnEmu.Core.Memory;
using TrnEmu.Core.Numerics;
using TrnEmu.Tests.Support;

namespace TrnEmu.Tests.Compiler.FrontEnd;

/// <summary>
/// A view's pattern visits what nested loops over an explicit list of addresses visit, in the same order.
/// </summary>
public sealed class ViewTests
{
    private const long PartitionAway = 1L << 32;

    [Fact]
    public void Chains_of_views_address_what_the_list_model_addresses() => Property.ForAll(
        Gen.Choose(0, 1 << 20).ListOf(24),
        values =>
        {
            var numbers = new Queue<int>(values);
            var isHbm = numbers.Dequeue() % 2 == 0;
            var dtype = DTypes.All[numbers.Dequeue() % DTypes.All.Count];
            int[] shape = [.. Enumerable.Range(0, numbers.Dequeue() % 4 + 1).Select(_ => numbers.Dequeue() % 6 + 1)];
            var view = Make(isHbm, dtype, shape);
            var model = Fresh(shape, isHbm, dtype.Size());
            Assert.Equal(model.Addresses, Enumerate(view, isHbm));
            while (numbers.Count >= 4)
            {
                (view, model) = Step(view, model, isHbm, numbers);
                Assert.Equal(model.Shape, view.Shape.ToArray());
                if (Fits(view)) Assert.Equal(model.Addresses, Enumerate(view, isHbm));
            }
        },
        cases: 1000);

    [Fact]
    public void Bytes_seen_as_another_type_are_the_same_bytes() => Property.ForAll(
        Gen.Choose(0, 1 << 20).ListOf(6),
        values =>
        {
            var numbers = new Queue<int>(values);
            var isHbm = numbers.Dequeue() % 2 == 0;
            var from = DTypes.All[numbers.Dequeue() % DTypes.All.Count];
            var to = DTypes.All[numbers.Dequeue() % DTypes.All.Count];
            var view = Make(isHbm, from, [numbers.Dequeue() % 5 + 1, numbers.Dequeue() % 3 + 1, 4 * (numbers.Dequeue() % 5 + 1)])[.., ..1];
            Assert.Equal(BytesOf(view, isHbm), BytesOf(view.As(to), isHbm));
        },
        cases: 300);

    [Fact]
    public void Five_levels_merge_when_they_are_contiguous_and_are_refused_when_not()
    {
        var view = Make(isHbm: false, DType.Fp32, [2, 3, 2, 4, 5, 6]);
        Assert.Equal(Fresh([2, 3, 2, 4, 5, 6], isHbm: false, 4).Addresses, Enumerate(view, isHbm: false));
        var strided = view.Permute([0, 5, 4, 3, 2, 1]);
        var thrown = Assert.Throws<TrnException>(() => (AccessPattern)strided);
        var finding = Assert.Single(thrown.Diagnostics);
        Assert.Equal("TRN4103", finding.Code.Id);
        Assert.EndsWith("ViewTests.cs", finding.Where.File);
    }

    private static (TensorView View, ViewModel Model) Step(TensorView view, ViewModel model, bool isHbm, Queue<int> numbers)
    {
        var what = numbers.Dequeue() % 5;
        var dimension = numbers.Dequeue() % view.Rank;
        var extent = view.Shape[dimension];
        var (a, b) = (numbers.Dequeue(), numbers.Dequeue());
        switch (what)
        {
            case 0 when dimension < 5:
                var start = a % extent;
                var length = b % (extent - start) + 1;
                return (Index(view, dimension, start..(start + length)), model.Slice(dimension, start, length));
            case 1 when view.Rank > 1 && dimension < 5 && (isHbm || dimension > 0):
                return (Index(view, dimension, a % extent), model.Drop(dimension, a % extent));
            case 2:
                int[] order = [.. Enumerable.Range(0, view.Rank).OrderBy(i => !isHbm && i == 0 ? -1 : (i * 7919 + a) % 13)];
                return (view.Permute(order), model.Permute(order));
            case 3 when extent == 1 && (isHbm || dimension > 0):
                return (view.Broadcast(dimension, a % 3 + 1), model.Broadcast(dimension, a % 3 + 1));
            default:
                return Reshaped(view, model, dimension, a);
        }
    }

    /// <summary>Splits a dimension in two, or merges it with the next where the view can.</summary>
    private static (TensorView View, ViewModel Model) Reshaped(TensorView view, ViewModel model, int dimension, int a)
    {
        int[] old = model.Shape;
        var divisor = Enumerable.Range(2, old[dimension]).FirstOrDefault(d => old[dimension] % d == 0, 1);
        int[] shape = a % 2 == 0 && dimension + 1 < old.Length
            ? [.. old[..dimension], old[dimension] * old[dimension + 1], .. old[(dimension + 2)..]]
            : [.. old[..dimension], old[dimension] / divisor, divisor, .. old[(dimension + 1)..]];
        try
        {
            return (view.Reshape(shape), model.Reshape(shape));
        }
        catch (TrnException e) when (e.Diagnostics[0].Code == FrontEndCodes.Shape)
        {
            return (view, model);
        }
    }

    private static TensorView Index(TensorView view, int dimension, Slice slice) => dimension switch
    {
        0 => view[slice],
        1 => view[.., slice],
        2 => view[.., .., slice],
        3 => view[.., .., .., slice],
        _ => view[.., .., .., .., slice],
    };

    private static bool Fits(TensorView view)
    {
        try
        {
            view.ToAccessPattern();
            return true;
        }
        catch (TrnException)
        {
            return false;
        }
    }

    private static TensorView Make(bool isHbm, DType dtype, int[] shape)
    {
        var k = new KernelBuilder(TestChips.Trn2);
        k.Sbuf("before", DType.Int8, [1, 1]);
        return isHbm ? k.Hbm("x", dtype, shape) : k.Sbuf("x", dtype, shape);
    }

    private static ViewModel Fresh(int[] shape, bool isHbm, int size) => ViewModel.Of(shape, x =>
    {
        long index = 0;
        for (var i = isHbm ? 0 : 1; i < shape.Length; i++) index = index * shape[i] + x[i];
        return index * size + (isHbm ? 0 : x[0] * PartitionAway);
    });

    private static IEnumerable<long> BytesOf(AccessPattern p, bool isHbm) =>
        Enumerate(p, isHbm).SelectMany(first => Enumerable.Range(0, p.DType.Size()).Select(i => first + i));

    private static IEnumerable<long> Enumerate(AccessPattern p, bool isHbm)
    {
        for (var row = 0; row < p.Partitions; row++)
            for (var a = 0; a < p.Count0; a++)
                for (var b = 0; b < p.Count1; b++)
                    for (var c = 0; c < p.Count2; c++)
                        for (var d = 0; d < p.Count3; d++)
                        {
                            var element = row * p.PartitionStep + a * p.Stride0 + b * p.Stride1 + c * p.Stride2 + d * p.Stride3;
                            yield return p.Offset + element * p.DType.Size() + (!isHbm ? (p.StartPartition + row) * PartitionAway : 0);
                        }
    }
}
