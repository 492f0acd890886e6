using System.Runtime.CompilerServices;
using TrnEmu.Cli;

namespace TrnEmu.Tests.Support;

/// <summary>Tests of the facade find the kernels that the command line finds.</summary>
internal static class RegisteredKernels
{
    [ModuleInitializer]
    internal static void Register() => RuntimeHelpers.RunClassConstructor(typeof(CommandLine).TypeHandle);
}
