namespace TrnEmu.Compiler.Importers.Onnx;

/// <summary>Declares the static method that imports an ONNX operation.</summary>
/// <param name="name">Name of the operation.</param>
[AttributeUsage(AttributeTargets.Method, AllowMultiple = true)]
internal sealed class OnnxOpAttribute(string name) : Attribute
{
    /// <summary>The domain of ONNX Runtime's fused operations.</summary>
    public const string Microsoft = "com.microsoft";

    /// <summary>Name of the operation.</summary>
    public string Name { get; } = name;

    /// <summary>Its domain; empty for ONNX itself.</summary>
    public string Domain { get; init; } = "";
}
