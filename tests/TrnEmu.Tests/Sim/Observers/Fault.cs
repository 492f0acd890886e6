using TrnEmu.Core.Diagnostics;

namespace TrnEmu.Tests.Sim.Observers;

internal static class Fault
{
    /// <summary>The fault that stops the work, or null.</summary>
    public static TrnException? Of(Action work)
    {
        try
        {
            work();
            return null;
        }
        catch (TrnException e)
        {
            Assert.Equal(FailureKind.Fault, e.Kind);
            return e;
        }
    }
}
