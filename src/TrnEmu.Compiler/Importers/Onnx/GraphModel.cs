using TrnEmu.Compiler.Graph;
using TrnEmu.Core.Numerics;

namespace TrnEmu.Compiler.Importers.Onnx;

/// <summary>A graph of ours as an imported model: its inputs and outputs are the model's, and the host has no part.</summary>
public static class GraphModel
{
    /// <summary>The model of a graph.</summary>
    /// <param name="model">Graph and constants.</param>
    /// <param name="file">Where it comes from, for messages.</param>
    public static ImportedModel Of(Model model, string file)
    {
        var inputs = Ports(model.Graph, GraphRole.Input);
        var outputs = Ports(model.Graph, GraphRole.Output);
        return new ImportedModel
        {
            Model = model,
            Before = new HostGraph([]),
            After = new HostGraph([]),
            Inputs = inputs,
            Outputs = outputs,
            File = file,
            Fed = inputs.ToDictionary(i => i.Tensor!, i => Operand(HostKind.Input, i)),
            Finals = [.. outputs.Select(o => Operand(HostKind.Tensor, o))],
            Fixed = new Dictionary<string, double[]>(),
        };
    }

    private static HostOperand Operand(HostKind kind, ModelPort port) => new(kind, port.Name, port.Type, port.Shape);

    private static ModelPort[] Ports(ModelGraph graph, GraphRole role) =>
    [
        .. graph.Tensors.Where(t => t.Role == role)
            .Select(t => new ModelPort(t.Name, TypeOf(t.Type.DType), [.. t.Type.Shape], t.Name)),
    ];

    private static OnnxType TypeOf(DType dtype) => dtype switch
    {
        DType.Bf16 => OnnxType.BFloat16,
        DType.Fp16 => OnnxType.Float16,
        DType.Fp8E4M3Fn => OnnxType.Float8E4M3Fn,
        DType.Fp8E5M2 => OnnxType.Float8E5M2,
        DType.Int32 => OnnxType.Int32,
        DType.UInt32 => OnnxType.UInt32,
        DType.Int16 => OnnxType.Int16,
        DType.UInt16 => OnnxType.UInt16,
        DType.Int8 => OnnxType.Int8,
        DType.UInt8 => OnnxType.UInt8,
        _ => OnnxType.Float,
    };
}
