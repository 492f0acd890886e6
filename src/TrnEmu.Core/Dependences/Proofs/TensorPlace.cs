namespace TrnEmu.Core.Dependences.Proofs;

/// <summary>Where a tensor's bytes are among the maps.</summary>
internal struct TensorPlace
{
    /// <summary>Its memory's map; null until it is touched.</summary>
    public BoxMap? Map;

    /// <summary>On chip the tensor's first byte of each partition.</summary>
    public int Byte;

    /// <summary>On chip its first partition.</summary>
    public int Partition;

    /// <summary>What is known of it.</summary>
    public PlaceTraits Traits;
}

/// <summary>What decides how a tensor's bytes are touched.</summary>
[Flags]
internal enum PlaceTraits : byte
{
    /// <summary>Nobody has asked yet.</summary>
    None = 0,

    /// <summary>It has been asked for.</summary>
    Known = 1,

    /// <summary>It lies in HBM.</summary>
    Hbm = 2,

    /// <summary>The host gives it: it counts as written.</summary>
    Given = 4,

    /// <summary>The host gives it and programs do not write it, as a rule: reads are not remembered before a write.</summary>
    Constant = 8,

    /// <summary>A constant that was read.</summary>
    Read = 16,
}
