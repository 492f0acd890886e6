using TrnEmu.Core.Isa.Operations.Control;

namespace TrnEmu.Tests.Isa.Oracles.Operations;

internal sealed class LoopOracle : IOracle<Loop>
{
    public void Run(Loop operation, OracleMachine machine)
    {
        var start = Value(operation.Start, machine);
        long stop = Value(operation.Stop, machine), i = start;
        machine.Registers[operation.I.Number] = start;
        OracleLoop.Begin(machine, () =>
        {
            if (i >= stop) return false;
            machine.Registers[operation.I.Number] = (int)i;
            i += operation.Step;
            return true;
        });
    }

    private static int Value(IntegerOperand operand, OracleMachine machine) =>
        operand.Register is { } register ? machine.Registers.GetValueOrDefault(register.Number) : operand.Value;
}

internal sealed class WhileLoopOracle : IOracle<WhileLoop>
{
    public void Run(WhileLoop operation, OracleMachine machine) => OracleLoop.Begin(
        machine, () => machine.Registers.GetValueOrDefault(operation.Condition.Number) != 0);
}

internal sealed class EndLoopOracle : IOracle<EndLoop>
{
    public void Run(EndLoop operation, OracleMachine machine)
    {
        if (machine.Loops.Peek().Again()) machine.Next = machine.Loops.Peek().Body;
        else machine.Loops.Pop();
    }
}
