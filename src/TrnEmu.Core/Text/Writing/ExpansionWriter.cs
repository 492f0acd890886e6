using System.Globalization;
using TrnEmu.Core.Isa;
using TrnEmu.Core.Isa.Expansion;
using TrnEmu.Core.Memory;
using TrnEmu.Core.Numerics;

namespace TrnEmu.Core.Text.Writing;

/// <summary>
/// Writes the engine instructions of an operation as comments under it: class, dtype, work, circumstances. An operation
/// without an engine is shown as its first engine would execute it.
/// </summary>
internal sealed class ExpansionWriter(Program program, int generation)
{
    private const int Indent = 6;
    private readonly ExpansionSink _sink = new();

    /// <summary>Writes the comments.</summary>
    public void Write(in Entry entry, LineWriter line, TextWriter writer)
    {
        var engine =
            entry.Engine == Engine.None ? entry.Operation.Info.Attribute.Engines.Members().FirstOrDefault() : entry.Engine;
        _sink.Begin(program, engine, generation);
        entry.Operation.Expand(_sink);
        foreach (ref readonly var instruction in _sink.Instructions)
        {
            Instruction(instruction, line);
            line.End(writer);
        }

        if (_sink.Transfer is not { } transfer) return;
        Transfer(transfer, line);
        line.End(writer);
    }

    private static void Instruction(in Instruction i, LineWriter line)
    {
        line.PadTo(Indent).Append("# ").Append(Snake(i.Class)).Append(' ').Append(i.DType.Name());
        line.Append(" items=").Append(i.Items).Append(" rows=").Append(i.Rows);
        if (i.Table != 0) line.Append(" table=").Append(i.Table);
        if (i.Banks != 0) line.Append(" banks=").Append(Bits(i.Banks));
        if (i.Cells != 0) line.Append(" cells=").Append(Bits(i.Cells));
        if (i.MisalignedRows != 0) line.Append(" misaligned_rows=").Append(i.MisalignedRows);
        if (i.Traits != InstructionTraits.None)
            line.Append(" traits=").AppendJoined(i.Traits.ToString().Split(", ").Select(OperationInfo.SnakeCase));
    }

    private static void Transfer(in DmaTransfer t, LineWriter line)
    {
        line.PadTo(Indent).Append("# dma ").Append(Snake(t.Kind)).Append(' ').Append(t.Source.Name()).Append(" -> ");
        line.Append(t.Destination.Name()).Append(' ').Append(t.DType.Name()).Append(" rows=").Append(t.Rows);
        line.Append(" row_bytes=").Append(t.RowBytes).Append(" runs_per_row=").Append(t.RunsPerRow);
        line.Append(" start_partition=").Append(t.StartPartition);
        if (t.HbmPitch != 0) line.Append(" hbm_pitch=").Append(t.HbmPitch);
    }

    /// <summary>The numbers of the bits that are set.</summary>
    private static string Bits(int mask) =>
        string.Join(',', Enumerable.Range(0, 16).Where(b => (mask >> b & 1) != 0)
            .Select(b => b.ToString(CultureInfo.InvariantCulture)));

    private static string Snake(Enum value) => OperationInfo.SnakeCase(value.ToString());
}
