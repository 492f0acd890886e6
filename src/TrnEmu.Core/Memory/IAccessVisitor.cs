namespace TrnEmu.Core.Memory;

/// <summary>
/// Sees the parts of an <see cref="AccessMap{T}"/> that an access touches and says what they become. The new value
/// depends on the old one alone: of parts that hold the same rows, the map may show the first only.
/// </summary>
/// <typeparam name="T">Value of the map.</typeparam>
public interface IAccessVisitor<T>
{
    /// <summary>New value of a part; returning the old value leaves the map as it is.</summary>
    /// <param name="part">A part of the access that has one value.</param>
    /// <param name="value">That value; the default where nothing was ever stored.</param>
    T Visit(in AccessRange part, T value);
}
