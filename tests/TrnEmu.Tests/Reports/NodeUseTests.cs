using TrnEmu.Reports;

namespace TrnEmu.Tests.Reports;

/// <summary>What the nodes of a model take is what the run takes, no more and no less.</summary>
public sealed class NodeUseTests
{
    private static readonly RunResult Run = Emulator.Run(
        Emulator.BuiltIn, new RunOptions { Tokens = [1, 4], Steps = 2, Rotate = false });

    private static readonly IReadOnlyList<NodeUse> Uses = NodeUse.Of(Run);

    [Fact]
    public void Times_add_up_to_the_run() => Assert.Equal(Run.Timeline!.Elapsed, Uses.Sum(u => u.Time));

    [Fact]
    public void Bytes_are_those_of_the_transfers()
    {
        var dma = Run.Timeline!.Cores[0].Dma;
        Assert.Equal(dma.HbmBytesRead + dma.HbmBytesWritten, Uses.Sum(u => u.Bytes));
    }

    [Fact]
    public void Every_operation_belongs_to_a_node() =>
        Assert.Equal(Run.Program.Cores[0].Entries.Count, Uses.Sum(u => u.Operations));

    [Fact]
    public void Each_node_names_its_kernel()
    {
        Assert.Equal(Run.Graph!.Nodes, Uses.Select(u => u.Node));
        Assert.All(Uses, u => Assert.Contains(Emulator.Lowerings.Keys, op => op == u.Node.Op));
        Assert.Equal("mlp", Uses.First(u => u.Node.Op == "swiglu_mlp").Kernel);
    }

    [Fact]
    public void What_is_no_model_has_no_nodes() =>
        Assert.Empty(NodeUse.Of(Emulator.Run("softmax", new RunOptions { Dims = new Dictionary<string, int> { ["M"] = 3 } })));
}
