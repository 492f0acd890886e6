using TrnEmu.Core.Isa.Operations.Control;

namespace TrnEmu.Tests.Isa.Oracles;

/// <summary>A loop that the oracle is in.</summary>
/// <param name="Body">Its body's first entry.</param>
/// <param name="Again">Prepares the next iteration; false when there is none.</param>
internal sealed record OracleLoop(int Body, Func<bool> Again)
{
    /// <summary>Begins a loop whose operation is executed now: into the body, or behind its end.</summary>
    public static void Begin(OracleMachine machine, Func<bool> again)
    {
        var loop = new OracleLoop(machine.Next, again);
        machine.Loops.Push(loop);
        if (loop.Again()) return;
        machine.Loops.Pop();
        var open = 1;
        while (open > 0)
        {
            var operation = machine.Operations[machine.Next++];
            if (operation is Loop or WhileLoop) open++;
            if (operation is EndLoop) open--;
        }
    }
}
