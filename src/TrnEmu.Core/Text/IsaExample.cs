using TrnEmu.Core.Isa;
using TrnEmu.Core.Memory;
using TrnEmu.Core.Numerics;
using TrnEmu.Core.Text.Codecs;

namespace TrnEmu.Core.Text;

/// <summary>
/// An example of an operation in text form: a tensor for each memory operand that is required, any value for each other
/// required parameter, and accumulation, which a program must decide. It shows how the call is written; whether its
/// shapes make sense is the operation's to say.
/// </summary>
internal static class IsaExample
{
    private const string Shape = "[128,64]";

    /// <summary>
    /// Declarations and the call, one line each; null when some parameter has no value without context.
    /// </summary>
    public static string? Of(OperationInfo operation)
    {
        var required = operation.Operands.Where(o => !o.IsOptional || o.Type == typeof(Accumulation)).ToArray();
        var arguments = required.Select(Argument).ToArray();
        if (arguments.Contains(null)) return null;
        var tensors = required.Where(IsPattern).Select(Declaration);
        var engines = operation.Attribute.Engines.Members();
        var engine = (operation.Attribute.IsDma ? engines.Last() : engines.First()).Name();
        var call = $"{engine} {operation.Name} {string.Join(' ', required.Zip(arguments, (o, a) => $"{o.Name}={a}"))}";
        return string.Concat(tensors.Append(call).Select(line => $"  {line}\n"));
    }

    private static bool IsPattern(OperandInfo operand) => operand.Type == typeof(AccessPattern);

    private static string? Argument(OperandInfo operand) =>
        IsPattern(operand) ? operand.Name : ValueCodecs.Of(operand.Type).Example;

    private static string Declaration(OperandInfo operand)
    {
        var space = operand.Role == OperandRole.Parameter ? MemorySpace.Sbuf : Preferred(operand.Spaces);
        var dtype = operand.DTypes.Count > 0 ? operand.DTypes[0] : DType.Fp32;
        return $"{space.Name()} {operand.Name} : {dtype.Name()}{Shape}";
    }

    private static MemorySpace Preferred(MemorySpaces spaces) =>
        spaces.Has(MemorySpace.Sbuf) ? MemorySpace.Sbuf : spaces.Has(MemorySpace.Psum) ? MemorySpace.Psum : MemorySpace.Hbm;
}
