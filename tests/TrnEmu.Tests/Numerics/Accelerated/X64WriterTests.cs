using TrnEmu.Core.Numerics.Accelerated;
using Xunit;
using static TrnEmu.Core.Numerics.Accelerated.GeneralRegister;

namespace TrnEmu.Tests.Numerics.Accelerated;

/// <summary>Encodings as a public assembler (Iced) writes the same instructions; registers from each eight.</summary>
public sealed class X64WriterTests
{
    [Fact]
    public void Vectors_are_encoded()
    {
        Encodes("62F17D48EFC0", x => x.Zero(0)); // vpxord zmm0, zmm0, zmm0
        Encodes("62A14540EFFF", x => x.Zero(23));
        Encodes("62617C48105903", x => x.Load(27, Rcx, 3)); // vmovups zmm27, [rcx + 192]
        Encodes("62C17C48114803", x => x.Store(R8, 3, 17)); // vmovups [r8 + 192], zmm17
        Encodes("62627D48586605", x => x.Broadcast(28, Rsi, 5)); // vpbroadcastd zmm28, [rsi + 20]
        Encodes("62627D487CE8", x => x.Broadcast(29, Rax)); // vpbroadcastd zmm29, eax
        Encodes("62121E4052E1", x => x.DotBf16(12, 28, 25)); // vdpbf16ps zmm12, zmm28, zmm25
        Encodes("62E2364852FB", x => x.DotBf16(23, 9, 3));
        Encodes("62C16C40585002", x => x.Add(18, R8, 2)); // vaddps zmm18, zmm18, [r8 + 128]
        Encodes("62B14C40C2CE03", x => x.FindNaN(1, 22)); // vcmpunordps k1, zmm22, zmm22
        Encodes("62817C4928F5", x => x.MoveWhere(1, 22, 29)); // vmovaps zmm22{k1}, zmm29
    }

    [Fact]
    public void Numbers_are_encoded()
    {
        Encodes("4D01C8", x => x.Add(R8, R9));
        Encodes("4801D6", x => x.Add(Rsi, Rdx));
        Encodes("4881C100010000", x => x.Add(Rcx, 256));
        Encodes("B80000C07F", x => x.MoveToEax(0x7fc00000));
        Encodes("62C16C4058500248FFCF0F85F0FFFFFF", x =>
        {
            x.Add(18, R8, 2);
            x.Repeat(Rdi, 0);
        });
        Encodes("C5F877C3", x => x.Return());
    }

    [Fact]
    public void Kernels_begin_at_cache_lines()
    {
        var x = new X64Writer();
        x.Return();
        x.Align();
        Assert.Equal(64, x.Length);
        Assert.Equal(0xCC, x.Code[^1]);
    }

    private static void Encodes(string expected, Action<X64Writer> write)
    {
        var x = new X64Writer();
        write(x);
        Assert.Equal(expected, Convert.ToHexString(x.Code));
    }
}
