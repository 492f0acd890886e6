using System.Reflection;

namespace TrnEmu.Compiler.Importers.Onnx;

/// <summary>The operations that can be imported, from their attributes.</summary>
internal static class OnnxOps
{
    private static readonly Dictionary<(string Domain, string Name), Action<OnnxNode>> All = Collect();

    /// <summary>The importer of an operation, or null. ONNX itself is also found under its long name; ONNX Runtime's
    /// domain repeats a few operations of ONNX.</summary>
    public static Action<OnnxNode>? Find(string domain, string name) =>
        All.GetValueOrDefault((domain == "ai.onnx" ? "" : domain, name));

    private static Dictionary<(string, string), Action<OnnxNode>> Collect()
    {
        var all = new Dictionary<(string, string), Action<OnnxNode>>();
        foreach (var method in typeof(OnnxOps).Assembly.GetTypes()
            .SelectMany(t => t.GetMethods(BindingFlags.Static | BindingFlags.Public | BindingFlags.NonPublic)))
        {
            foreach (var op in method.GetCustomAttributes<OnnxOpAttribute>())
                all.Add((op.Domain, op.Name), method.CreateDelegate<Action<OnnxNode>>());
        }

        return all;
    }
}
