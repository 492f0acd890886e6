#pragma warning disable
namespace TrnEmu.Core.Numerics;
public sealed unsafe class NativeBlock : IDisposable { public NativeBlock(long b){} public void Dispose(){} public Tile Tile(long byteOffset, int partitions, long partitionStride, DType d, ReadOnlySpan<int> counts, ReadOnlySpan<long> byteStrides)=>default; public Span<byte> Span(long o,int l)=>default; }
public sealed class MatmulWorkspace {}
