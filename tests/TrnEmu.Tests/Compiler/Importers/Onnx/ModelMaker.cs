using Google.Protobuf;
using TrnEmu.Compiler.Importers.Onnx;
using TrnEmu.Compiler.Importers.Onnx.Proto;
using TrnEmu.Core.Numerics;

namespace TrnEmu.Tests.Compiler.Importers.Onnx;

/// <summary>Makes small ONNX models.</summary>
internal sealed class ModelMaker
{
    /// <summary>A model without nodes.</summary>
    public ModelMaker(long opset = 17)
    {
        Model = new ModelProto { IrVersion = 8, Graph = new GraphProto() };
        Model.OpsetImport.Add(new OperatorSetProto { Version = opset });
        Model.OpsetImport.Add(new OperatorSetProto { Domain = "com.microsoft", Version = 1 });
    }

    /// <summary>The file.</summary>
    public ModelProto Model { get; }

    /// <summary>Declares an input; extents are numbers or names.</summary>
    public ModelMaker Input(string name, OnnxType type, params object[] shape)
    {
        var info = new ValueInfoProto { Name = name, Type = new() { TensorType = new() { ElemType = (int)type, Shape = new() } } };
        foreach (var extent in shape)
            info.Type.TensorType.Shape.Dim.Add(Dimension(extent));
        Model.Graph.Input.Add(info);
        return this;
    }

    /// <summary>Adds a constant.</summary>
    public ModelMaker Floats(string name, long[] shape, params float[] values)
    {
        var tensor = new TensorProto { Name = name, DataType = (int)OnnxType.Float };
        tensor.Dims.AddRange(shape);
        tensor.FloatData.AddRange(values);
        Model.Graph.Initializer.Add(tensor);
        return this;
    }

    /// <summary>Adds an int64 constant.</summary>
    public ModelMaker Integers(string name, params long[] values)
    {
        var tensor = new TensorProto { Name = name, DataType = (int)OnnxType.Int64 };
        tensor.Dims.Add(values.Length);
        tensor.Int64Data.AddRange(values);
        Model.Graph.Initializer.Add(tensor);
        return this;
    }

    /// <summary>Adds a node: <c>y = op(a, b)</c>.</summary>
    public ModelMaker Node(string outputs, string op, string inputs, params AttributeProto[] attributes)
    {
        var node = new NodeProto { OpType = op[(op.IndexOf('/') + 1)..], Domain = op.Contains('/') ? op[..op.IndexOf('/')] : "" };
        node.Input.AddRange(inputs.Split(',', StringSplitOptions.TrimEntries));
        node.Output.AddRange(outputs.Split(',', StringSplitOptions.TrimEntries));
        node.Attribute.AddRange(attributes);
        Model.Graph.Node.Add(node);
        return this;
    }

    /// <summary>Makes a value an output.</summary>
    public ModelMaker Output(params string[] names)
    {
        foreach (var name in names) Model.Graph.Output.Add(new ValueInfoProto { Name = name });
        return this;
    }

    /// <summary>A whole number as an attribute.</summary>
    public static AttributeProto Int(string name, long value) => new() { Name = name, I = value };

    private static ShapeProto.Types.Dimension Dimension(object extent) =>
        extent is int size ? new() { DimValue = size } : new() { DimParam = (string)extent };

    /// <summary>Imports the model.</summary>
    public ImportedModel Read(OnnxOptions? options = null, string file = "model.onnx") => Read(Model.ToByteArray(), options, file);

    /// <summary>Imports a file of these bytes.</summary>
    public static ImportedModel Read(byte[] bytes, OnnxOptions? options = null, string file = "model.onnx") =>
        OnnxFile.Read(new MemoryStream(bytes), file, options ?? new OnnxOptions(DType.Fp32));
}
