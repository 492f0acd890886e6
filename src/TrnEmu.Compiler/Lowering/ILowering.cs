using TrnEmu.Compiler.FrontEnd;
using TrnEmu.Compiler.Graph;

namespace TrnEmu.Compiler.Lowering;

/// <summary>How an operation of a graph becomes operations of the chip: by the kernel beside it.</summary>
public interface ILowering
{
    /// <summary>Records the node: reads its operands from HBM and writes its result there.</summary>
    void Emit(KernelBuilder k, GraphCall node, NodeViews views);

    /// <summary>Folder of the kernel, for reports: the last part of its namespace in lower case with underscores.</summary>
    string Folder => string.Concat(
        GetType().Namespace!.Split('.')[^1]
            .Select((c, i) => char.IsUpper(c) ? (i > 0 ? "_" : "") + char.ToLowerInvariant(c) : c.ToString()));
}
