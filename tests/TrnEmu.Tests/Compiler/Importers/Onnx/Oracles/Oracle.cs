using FsCheck.Fluent;
using TrnEmu.Tests.Support;

namespace TrnEmu.Tests.Compiler.Importers.Onnx.Oracles;

/// <summary>Runs random cases of one operation.</summary>
internal static class Oracle
{
    /// <summary>Cases from seeds that FsCheck draws; what one needs besides is drawn from its seed.</summary>
    public static void Run(long opset, Action<OracleCase> build, int cases = 12) => Property.ForAll(
        Gen.Choose(0, int.MaxValue - 1),
        seed =>
        {
            var test = new OracleCase(seed, opset);
            build(test);
            test.Check();
        },
        cases);

    /// <summary>A case that is refused in words.</summary>
    public static void Refused(long opset, Action<OracleCase> build)
    {
        var test = new OracleCase(1, opset);
        build(test);
        test.CheckRefused();
    }
}
