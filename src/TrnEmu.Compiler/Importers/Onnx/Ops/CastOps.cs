using TrnEmu.Compiler.Graph;

namespace TrnEmu.Compiler.Importers.Onnx.Ops;

/// <summary>Changes of type: on the chip where it has both types, else on the host.</summary>
internal static class CastOps
{
    [OnnxOp("Cast")]
    private static void Cast(OnnxNode n) => n.Make(Cast(n, (OnnxType)n.Int("to", 0)));

    [OnnxOp("CastLike")]
    private static void CastLike(OnnxNode n) => n.Make(Cast(n, n[1].Type));

    private static Value Cast(OnnxNode n, OnnxType to)
    {
        if (!to.IsKnown()) throw new OnnxRefusal($"a cast to {to.Name()}, which is not supported");
        var x = n[0];
        var saturate = n.Int("saturate", 1) != 0;
        if (!to.IsHostOnly() && !x.Type.IsHostOnly() && x.Host is null) return n.Emit.Cast(x, to, saturate);
        return n.Host.Add("cast", [x], to, x.Shape, new GraphAttribute("saturate", saturate ? 1 : 0),
            new GraphAttribute("round_mode", n.Word("round_mode", "up")));
    }
}
