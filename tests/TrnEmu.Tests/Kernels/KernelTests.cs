using TrnEmu.Compiler.Kernels;
using TrnEmu.Core.Chips;
using TrnEmu.Core.Diagnostics;
using TrnEmu.Core.Numerics;
using TrnEmu.Kernels.Matmul;

namespace TrnEmu.Tests.Kernels;

/// <summary>
/// Every kernel against its fp64 reference, within the tolerance of its dtype; compiled, so that semaphores, addresses
/// and the virtual binding are judged with it: equal bits, no race, no uninitialised read.
/// </summary>
public sealed class KernelTests
{
    private static readonly IReadOnlyList<Kernel> All = KernelRegistry.All(typeof(MatmulNaive).Assembly);
    private static readonly string[] Chips = ["trn1", "inf2", "trn2", "trn3", "unit"];

    public static TheoryData<string, string, string> Cases()
    {
        var data = new TheoryData<string, string, string>();
        foreach (var kernel in All)
        {
            foreach (var @case in kernel.Body.Cases)
            {
                foreach (var chip in ChipsOf(kernel)) data.Add(kernel.Name, @case.Name, chip);
            }
        }

        return data;
    }

    private static string[] ChipsOf(Kernel kernel) => [.. Chips.Where(c => kernel.RunsOn(Chip.Load(c)))];

    public static TheoryData<string> Names() => [.. All.Select(k => k.Name)];

    [Theory]
    [MemberData(nameof(Cases))]
    public void A_case_equals_its_reference(string name, string caseName, string chip)
    {
        var kernel = All.Find(name);
        var @case = kernel.Case(caseName);
        KernelRun.Check(kernel, kernel.Sizes(@case), @case.DType, Chip.Load(chip));
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void Random_shapes_equal_their_reference(string name)
    {
        var kernel = All.Find(name);
        for (var seed = 0; seed < 12; seed++)
        {
            var random = new Random(seed);
            var sizes = kernel.Body.Dimensions.Select(d => (d.Name, Random(random, d))).ToArray();
            var dtype = kernel.Body.Cases[random.Next(kernel.Body.Cases.Count)].DType;
            var chips = ChipsOf(kernel);
            KernelRun.Check(kernel, kernel.Sizes(kernel.Case(), sizes), dtype, Chip.Load(chips[random.Next(chips.Length)]), seed);
        }
    }

    [Fact]
    public void What_does_not_exist_is_refused()
    {
        Expect("TRN4201", "there is no kernel adder, expected add, ", () => All.Find("adder"));
        Expect("TRN4202", "kernel add has no case big, expected bf16, ragged, half, integers", () => All.Find("add").Case("big"));
        Expect("TRN4203", "kernel add has no dimension K, expected M, N", () => Add(("K", 1)));
        Expect("TRN4203", "dimension M of kernel add is 0, must be at least 1", () => Add(("M", 0)));
        Expect("TRN4203", "dimension T of kernel linear is 129, limit 128", () => SizesOf("linear", ("T", 129)));
    }

    [Fact]
    public void Tolerance_sees_errors()
    {
        Assert.Equal(0.25, Tolerance.Error([1, 2.5, -4], [1, 3.5, -4]));
        Assert.Equal(double.PositiveInfinity, Tolerance.Error([double.NaN], [1]));
        Assert.Equal(0.5, Tolerance.Error([0.5], [0]));
    }

    private static Sizes Add((string, int) size) => SizesOf("add", size);

    private static Sizes SizesOf(string kernel, (string, int) size) =>
        All.Find(kernel).Sizes(All.Find(kernel).Case(), [size]);

    /// <summary>
    /// Around the sizes of tiles as often as far from them; up to twice the default where that is small (heads), and
    /// anything legal where the dimension is limited.
    /// </summary>
    private static int Random(Random random, Dimension dimension)
    {
        if (dimension.Default < 16) return random.Next(dimension.Minimum, 2 * dimension.Default + 1);
        var size = random.Next(2) == 0 ? random.Next(1, 300) : 128 * random.Next(0, 5) + random.Next(-1, 2);
        if (size > dimension.Maximum) size = random.Next(dimension.Minimum, dimension.Maximum + 1);
        return Math.Max(size, dimension.Minimum);
    }

    private static void Expect(string code, string words, Func<object> action)
    {
        var finding = Assert.Single(Assert.Throws<TrnException>(action).Diagnostics);
        Assert.Equal(code, finding.Code.Id);
        Assert.Contains(words, finding.Message, StringComparison.Ordinal);
    }
}
