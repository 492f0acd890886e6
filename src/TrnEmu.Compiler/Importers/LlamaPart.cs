namespace TrnEmu.Compiler.Importers;

/// <summary>A tensor of a llama2.c file, or one for each layer, all layers together.</summary>
/// <param name="Name">Name of the constant that it becomes.</param>
/// <param name="Use">What it becomes.</param>
/// <param name="Rows">Outer extent; outputs of a matrix.</param>
/// <param name="Columns">Inner extent; inputs of a matrix.</param>
internal sealed record LlamaPart(string Name, LlamaUse Use, int Rows, int Columns)
{
    /// <summary>There is one for each layer.</summary>
    public bool IsPerLayer { get; init; }

    /// <summary>The weights are int8; behind those of a tensor stands an fp32 scale for each group of them.</summary>
    public bool IsQuantised { get; init; }

    /// <summary>Weights of one.</summary>
    public long Elements => (long)Rows * Columns;

    /// <summary>Bytes of one.</summary>
    public Int128 Bytes(int group) => IsQuantised
        ? Elements + (Int128)(Elements / group) * sizeof(float)
        : (Int128)Elements * sizeof(float);
}

/// <summary>What a tensor of a llama2.c file becomes.</summary>
internal enum LlamaUse : byte
{
    /// <summary>A constant as it stands.</summary>
    Table,

    /// <summary>The embedding as it stands, and turned the classifier.</summary>
    Shared,

    /// <summary>A table of cosines or sines, which stays fp32.</summary>
    Rotation,

    /// <summary>A matrix of a layer, turned.</summary>
    Matrix,

    /// <summary>The classifier, turned.</summary>
    Classifier,
}
