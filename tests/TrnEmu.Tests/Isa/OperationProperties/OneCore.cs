using TrnEmu.Core.Isa;

namespace TrnEmu.Tests.Isa.OperationProperties;

/// <summary>
/// The operations that one core executes by itself. Those at which cores meet have cases of their own, in
/// TwoCores.
/// </summary>
internal static class OneCore
{
    public static IEnumerable<OperationInfo> Operations { get; } =
        OperationInfo.All.Where(o => !o.Type.IsAssignableTo(typeof(IMeeting)));
}
