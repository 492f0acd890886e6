using System.Runtime.CompilerServices;
using TrnEmu.Cli;
using TrnEmu.Validation;

namespace TrnEmu.Tests.Validation;

/// <summary>Rows name kernels, which the emulator knows once the command line has registered them.</summary>
internal static class MeasuredKernels
{
    private static readonly Lazy<MeasurementSet> Set = new(() =>
    {
        Register();
        return MeasurementFile.BuiltIn();
    });

    public static MeasurementSet BuiltIn => Set.Value;

    public static void Register() => RuntimeHelpers.RunClassConstructor(typeof(CommandLine).TypeHandle);
}
