using System.Reflection;
using TrnEmu.Core.Isa.Operations.Scalar;
using TrnEmu.Core.Numerics;

namespace TrnEmu.Core.Isa;

/// <summary>
/// A corner of the chip that the public documents leave open. Declared as a public static field beside the operation
/// that meets it, so that <c>trnemu isa --gaps</c> lists all of them. Either the emulator refuses the corner
/// (<see cref="Verifier.Missing"/>), or it does something that it names.
/// </summary>
/// <param name="Subject">The operation, engine or format, in one or two words.</param>
/// <param name="Open">What the documents leave open.</param>
/// <param name="Answer">What the emulator does instead: "refused", or a stand-in.</param>
public sealed record Gap(string Subject, string Open, string Answer)
{
    /// <summary>Subject of what all operations with an ALU operator meet.</summary>
    internal const string AluOperators = "ALU operators";

    /// <summary>Subject of what all operations with an activation function meet.</summary>
    internal const string Activations = "activation";

    /// <summary>Subject of what all operations with Vector's accumulate registers meet.</summary>
    internal const string VectorAccumulators = "Vector accumulators";

    /// <summary>Subject of what all operands with an index for each element meet.</summary>
    internal const string Indirect = "indirect";

    /// <summary>The answer of a corner that is refused.</summary>
    public const string Refused = "refused";

    /// <summary>Every gap of the instruction set, by subject.</summary>
    public static IReadOnlyList<Gap> All { get; } =
    [
        .. typeof(Gap).Assembly.GetTypes()
            .SelectMany(t => t.GetFields(BindingFlags.Public | BindingFlags.Static))
            .Where(f => f.FieldType == typeof(Gap))
            .Select(f => (Gap)f.GetValue(null)!)
            .OrderBy(g => g.Subject, StringComparer.Ordinal).ThenBy(g => g.Open, StringComparer.Ordinal),
    ];

    /// <summary>True when the operation can meet it: it is about the operation, or about something that it has.</summary>
    public bool Concerns(OperationInfo operation) => Subject == operation.Name || Subject switch
    {
        AluOperators => Takes<AluOp>(operation),
        Activations => Takes<ActivationFunction>(operation),
        VectorAccumulators => operation.Attribute.Engines.Has(Engine.Vector) && Takes<ReduceCommand>(operation),
        Indirect => operation.Operands.Any(o => o.Indirect),
        _ => false,
    };

    private static bool Takes<T>(OperationInfo operation) => operation.Operands.Any(o => o.Type == typeof(T));
}
