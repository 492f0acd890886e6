using TrnEmu.Core.Chips;
using TrnEmu.Core.Isa;
using TrnEmu.Core.Memory;
using TrnEmu.Reports;

namespace TrnEmu.Python;

/// <summary>What kernels may ask of the chip, as JSON.</summary>
internal static class ChipFacts
{
    /// <summary>The facts.</summary>
    public static string Of(Chip chip) => IndentedJson.Text(json =>
    {
        json.WriteStartObject();
        json.WriteString("trnemu", Versions.TrnEmu);
        json.WriteString("chip", chip.Name);
        json.WriteString("title", chip.Title);
        json.WriteNumber("generation", chip.Generation);
        json.WriteNumber("sub_version", chip.SubVersion);
        json.WriteNumber("cores", chip.Cores.ToInt32());
        json.WriteNumber("partitions", Limits.Partitions);
        json.WriteNumber("dma_engines", Limits.DmaEngines);
        json.WriteNumber("sbuf_bytes_per_partition", chip.SbufBytesPerPartition.ToInt32());
        json.WriteNumber("psum_bytes_per_partition", chip.PsumBytesPerPartition);
        json.WriteNumber("psum_banks", chip.PsumBanks.ToInt32());
        json.WriteNumber("psum_bank_bytes", chip.PsumBankBytes.ToInt32());
        json.WriteNumber("hbm_bytes", (long)chip.HbmBytes.Value);
        json.WriteNumber("tensor_ghz", chip.Tensor.ClockGhz.Value);
        json.WriteString("isa", OperationTypes.Hash);
        json.WriteEndObject();
    });
}
