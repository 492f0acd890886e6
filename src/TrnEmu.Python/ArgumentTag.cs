namespace TrnEmu.Python;

/// <summary>The first byte of an argument.</summary>
internal enum ArgumentTag : byte
{
    /// <summary>Absent: the parameter's default.</summary>
    None,

    /// <summary>One byte.</summary>
    Boolean,

    /// <summary>Eight bytes.</summary>
    Integer,

    /// <summary>Eight bytes.</summary>
    Real,

    /// <summary>A length in a byte, and as many of ASCII.</summary>
    Word,

    /// <summary>A view of a tensor.</summary>
    View,

    /// <summary>A count in two bytes, and as many arguments.</summary>
    List,

    /// <summary>Four bytes.</summary>
    Register,
}
