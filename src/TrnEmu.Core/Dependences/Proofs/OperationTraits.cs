using System.Reflection;
using System.Runtime.CompilerServices;
using TrnEmu.Core.Isa;
using TrnEmu.Core.Isa.Effects;
using TrnEmu.Core.Isa.Operations.Control;

namespace TrnEmu.Core.Dependences.Proofs;

/// <summary>What proofs ask of the type of an operation, remembered: a program has a dozen of them.</summary>
internal sealed class OperationTraits
{
    private const int Slots = 64, Shift = 58;
    private const ulong Mix = 0x9E3779B97F4A7C15;
    private readonly Slot[] _slots = new Slot[Slots];

    /// <summary>What an operation's type is.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public ref readonly Slot Of(Operation operation)
    {
        var type = operation.GetType();
        ref var slot = ref _slots[(int)((ulong)type.TypeHandle.Value * Mix >> Shift)];
        if (!ReferenceEquals(slot.Type, type)) slot = Slot.Of(operation);
        return ref slot;
    }

    /// <summary>One type.</summary>
    internal readonly struct Slot
    {
        private readonly OperationInfo? _declared;

        private Slot(Operation operation)
        {
            Type = operation.GetType();
            IsDma = operation.Info.Attribute.IsDma;
            IsControl = operation is IControlFlow;
            IsMeeting = operation is IMeeting;
            var effects = Type.GetMethod(nameof(Operation.Effects), BindingFlags.Public | BindingFlags.Instance);
            if (effects!.DeclaringType == typeof(Operation)) _declared = operation.Info;
        }

        /// <summary>The type.</summary>
        public Type Type { get; }

        /// <summary>True for what is not ordered with the engine that triggers it.</summary>
        public bool IsDma { get; }

        /// <summary>True for loops.</summary>
        public bool IsControl { get; }

        /// <summary>True for what meets other cores.</summary>
        public bool IsMeeting { get; }

        /// <summary>The traits of an operation's type.</summary>
        public static Slot Of(Operation operation) => new(operation);

        /// <summary>As <see cref="Operation.Effects"/>.</summary>
        public void Effects(Operation operation, EffectSink sink)
        {
            if (_declared is not null) _declared.DeclaredEffects(operation, sink);
            else operation.Effects(sink);
        }
    }
}
