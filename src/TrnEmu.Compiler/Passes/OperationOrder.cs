namespace TrnEmu.Compiler.Passes;

/// <summary>In which order operations stand.</summary>
public enum OperationOrder : byte
{
    /// <summary>As they were written.</summary>
    Program,

    /// <summary>By a list schedule, within the dependences.</summary>
    List,
}
