namespace TrnEmu.Reports;

/// <summary>The colours of reports.</summary>
internal enum Tint
{
    /// <summary>The terminal's own.</summary>
    None,

    /// <summary>What is as it must be.</summary>
    Green,

    /// <summary>What is not.</summary>
    Red,

    /// <summary>Work.</summary>
    Blue,

    /// <summary>No work.</summary>
    Grey,
}
