using System.Runtime.Intrinsics;

namespace TrnEmu.Core.Numerics.Operators;

/// <summary>f(x, y) in fp32, lane by lane; a lane's result depends on that lane alone.</summary>
public interface IBinaryOperator
{
    /// <summary>f of each pair of lanes.</summary>
    static abstract Vector512<float> Invoke(Vector512<float> x, Vector512<float> y);
}
