namespace TrnEmu.Core.Isa;

/// <summary>
/// An operation at which all cores of a program meet: none executes it before every core has reached its own. The k-th
/// meeting of one core at a point is the k-th of the others at that point.
/// </summary>
public interface IMeeting
{
    /// <summary>Which meeting point: operations of one kind and number meet each other.</summary>
    MeetingPoint Point { get; }

    /// <summary>
    /// The HBM tensor whose earlier accesses by the core are complete when it arrives, and whose later ones wait for
    /// the meeting; null when it guards nothing but its own operands.
    /// </summary>
    int? Guarded { get; }

    /// <summary>Why this operation cannot meet that of another core; null when it can.</summary>
    string? Mismatch(Operation other, IProgram program);
}

/// <summary>Where cores meet.</summary>
/// <param name="Operation">Name of the operation.</param>
/// <param name="Number">Tells meetings of one kind apart.</param>
public readonly record struct MeetingPoint(string Operation, int Number);
