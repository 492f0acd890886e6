namespace TrnEmu.Core.Dependences.Proofs;

/// <summary>What a step does to bytes, as far as proofs tell it apart.</summary>
internal enum Touch : byte
{
    /// <summary>Reads, whether they were written or not.</summary>
    Read,

    /// <summary>Reads what must have been written through the same tensor.</summary>
    ReadWritten,

    /// <summary>Must have been written through the same tensor; nothing more is asked.</summary>
    Look,

    /// <summary>Writes all of them.</summary>
    Write,

    /// <summary>Writes some of them, so that they do not count as written.</summary>
    MayWrite,
}
