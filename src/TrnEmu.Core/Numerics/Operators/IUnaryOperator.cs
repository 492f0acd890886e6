using System.Runtime.Intrinsics;

namespace TrnEmu.Core.Numerics.Operators;

/// <summary>f(x) in fp32, lane by lane; a lane's result depends on that lane alone.</summary>
public interface IUnaryOperator
{
    /// <summary>f of each lane.</summary>
    static abstract Vector512<float> Invoke(Vector512<float> x);
}
