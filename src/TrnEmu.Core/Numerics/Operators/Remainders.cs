using System.Runtime.Intrinsics;

namespace TrnEmu.Core.Numerics.Operators;

/// <summary>The exact remainder with the sign of x; lane by lane, as no vector form is exact.</summary>
internal readonly struct Fmod : IBinaryOperator
{
    public static Vector512<float> Invoke(Vector512<float> x, Vector512<float> y)
    {
        for (var i = 0; i < Vector512<float>.Count; i++) x = x.WithElement(i, x[i] % y[i]);
        return x;
    }
}

/// <summary>The remainder with the sign of y: that of <see cref="Fmod"/>, moved by y where the signs differ.</summary>
internal readonly struct Mod : IBinaryOperator
{
    public static Vector512<float> Invoke(Vector512<float> x, Vector512<float> y)
    {
        var r = Fmod.Invoke(x, y);
        var differs = Vector512.LessThan(r, Vector512<float>.Zero)
            ^ Vector512.LessThan(y, Vector512<float>.Zero);
        var nonzero = ~Vector512.Equals(r, Vector512<float>.Zero);
        return Vector512.ConditionalSelect(differs & nonzero, r + y, r);
    }
}
