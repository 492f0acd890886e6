using System.Runtime.CompilerServices;

namespace TrnEmu.Core.Numerics.Accelerated;

/// <summary>
/// Writes the few x86-64 instructions that a dot-product kernel needs, those on vectors of 512 bits by the EVEX prefix.
/// Source: Intel 64 and IA-32 Architectures Software Developer's Manual, volume 2, "EVEX" and the instructions' pages.
/// </summary>
internal sealed class X64Writer
{
    private const int Map0F = 1, Map0F38 = 2;
    private const int NoPrefix = 0, Prefix66 = 1, PrefixF3 = 2;

    // Room for four kernels of fewer than 300 instructions; a plain array, since this runs once and is compiled for it.
    private readonly byte[] _code = new byte[8192];

    /// <summary>Bytes written so far.</summary>
    public int Length { get; private set; }

    /// <summary>All bytes.</summary>
    public ReadOnlySpan<byte> Code => new(_code, 0, Length);

    /// <summary>int3 up to a multiple of 64 bytes.</summary>
    public void Align()
    {
        while (Length % 64 != 0) Byte(0xCC);
    }

    /// <summary>vpxord: z = 0.</summary>
    public void Zero(int z) => Registers(Map0F, Prefix66, 0xEF, z, z, z);

    /// <summary>vmovups: z = 16 fp32 of [address + 64 * index].</summary>
    public void Load(int z, GeneralRegister address, int index) => Memory(Map0F, NoPrefix, 0x10, z, 0, address, index);

    /// <summary>vmovups: 16 fp32 of [address + 64 * index] = z.</summary>
    public void Store(GeneralRegister address, int index, int z) => Memory(Map0F, NoPrefix, 0x11, z, 0, address, index);

    /// <summary>vpbroadcastd: each lane of z = the 32 bits of [address + 4 * index].</summary>
    public void Broadcast(int z, GeneralRegister address, int index) =>
        Memory(Map0F38, Prefix66, 0x58, z, 0, address, index);

    /// <summary>vpbroadcastd: each lane of z = the low 32 bits of a register.</summary>
    public void Broadcast(int z, GeneralRegister value) => Registers(Map0F38, Prefix66, 0x7C, z, 0, (int)value);

    /// <summary>vdpbf16ps: sum += the products of the bf16 pairs of a and b, in each lane.</summary>
    public void DotBf16(int sum, int a, int b) => Registers(Map0F38, PrefixF3, 0x52, sum, a, b);

    /// <summary>vaddps: z = z + 16 fp32 of [address + 64 * index].</summary>
    public void Add(int z, GeneralRegister address, int index) =>
        Memory(Map0F, NoPrefix, 0x58, z, z, address, index);

    /// <summary>vcmpunordps: bits of mask = the lanes of z that are NaN.</summary>
    public void FindNaN(int mask, int z)
    {
        Registers(Map0F, NoPrefix, 0xC2, mask, z, z);
        Byte(3);
    }

    /// <summary>vmovaps: the lanes of z whose bit is set = those of another register.</summary>
    public void MoveWhere(int mask, int z, int from) => Registers(Map0F, NoPrefix, 0x28, z, 0, from, mask);

    /// <summary>add: register += register.</summary>
    public void Add(GeneralRegister to, GeneralRegister from) =>
        Bytes(Rex(from, to), 0x01, Direct((int)from, (int)to));

    /// <summary>add: register += number.</summary>
    public void Add(GeneralRegister to, int number)
    {
        Bytes(Rex(0, to), 0x81, Direct(0, (int)to));
        Number(number);
    }

    /// <summary>mov: eax = number.</summary>
    public void MoveToEax(uint number)
    {
        Byte(0xB8);
        Number((int)number);
    }

    /// <summary>dec, jnz: register -= 1; jump to an earlier place unless it is 0.</summary>
    public void Repeat(GeneralRegister count, int place)
    {
        Bytes(Rex(0, count), 0xFF, Direct(1, (int)count));
        Bytes(0x0F, 0x85);
        Number(place - (Length + sizeof(int)));
    }

    /// <summary>vzeroupper, ret: back to code that may use narrower vectors.</summary>
    public void Return()
    {
        Bytes(0xC5, 0xF8, 0x77);
        Byte(0xC3);
    }

    private static int Rex(GeneralRegister reg, GeneralRegister rm) => 0x48 | ((int)reg >> 3 << 2) | ((int)rm >> 3);

    private static int Direct(int reg, int rm) => 0xC0 | ((reg & 7) << 3) | (rm & 7);

    private void Byte(int value) => _code[Length++] = (byte)value;

    private void Bytes(int first, int second)
    {
        Byte(first);
        Byte(second);
    }

    private void Bytes(int first, int second, int third)
    {
        Bytes(first, second);
        Byte(third);
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private void Number(int number)
    {
        for (var i = 0; i < sizeof(int); i++) Byte(number >> 8 * i);
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private void Registers(int map, int prefix, byte opcode, int reg, int second, int rm, int mask = 0)
    {
        Evex(map, prefix, reg, second, b: rm >> 3, x: rm >> 4, mask);
        Bytes(opcode, Direct(reg, rm));
    }

    /// <summary>The displacement counts units of what the instruction reads or writes, a byte of them.</summary>
    [MethodImpl(MethodImplOptions.NoInlining)]
    private void Memory(
        int map, int prefix, byte opcode, int reg, int second, GeneralRegister address, int displacement)
    {
        Evex(map, prefix, reg, second, b: (int)address >> 3, x: 0, mask: 0);
        Bytes(opcode, 0x40 | ((reg & 7) << 3) | ((int)address & 7), checked((sbyte)displacement));
    }

    /// <summary>Bits of register numbers are stored inverted; the operands are 512 bits wide.</summary>
    private void Evex(int map, int prefix, int reg, int second, int b, int x, int mask)
    {
        static int Not(int bit, int place) => (~bit & 1) << place;
        Bytes(0x62, Not(reg >> 3, 7) | Not(x, 6) | Not(b, 5) | Not(reg >> 4, 4) | map);
        Bytes(((~second & 15) << 3) | 4 | prefix, 0x40 | Not(second >> 4, 3) | mask);
    }
}
