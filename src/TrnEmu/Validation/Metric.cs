namespace TrnEmu.Validation;

/// <summary>What a measurement counts.</summary>
public enum Metric
{
    /// <summary>Time of the whole kernel.</summary>
    Latency,

    /// <summary>Multiply-adds that the task needs, over what the array could do in the time.</summary>
    Mfu,

    /// <summary>Bytes read from and written to HBM, over the time.</summary>
    Bandwidth,

    /// <summary>Stages of a kernel, each by itself.</summary>
    Timeline,
}
