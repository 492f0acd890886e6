namespace TrnEmu.Bench.Compare;

/// <summary>What a row measures in a process of its own: <c>compare --child NAME …</c> prints one figure.</summary>
internal static class Child
{
    public static int Run(string name, string[] arguments) => 2;
}
