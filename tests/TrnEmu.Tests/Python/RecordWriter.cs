using System.Runtime.CompilerServices;
using System.Text;
using TrnEmu.Core.Isa;
using TrnEmu.Core.Isa.Operations.Control;
using TrnEmu.Core.Memory;

namespace TrnEmu.Tests.Python;

/// <summary>Writes records as the Python package does: its plain description, for tests of what reads them.</summary>
internal sealed class RecordWriter
{
    private readonly List<byte> _bytes = [];

    public byte[] Record => [.. _bytes];

    /// <summary>An operation with all its arguments; defaults are left out where <paramref name="isShort"/>.</summary>
    public static byte[] Of(Operation operation, Engine engine, int file, int line, bool isShort, int core = 0)
    {
        var writer = new RecordWriter();
        writer.UInt16(OperationInfo.All.ToList().IndexOf(operation.Info)).Byte((byte)engine).Byte(core).Int32(file).Int32(line);
        foreach (var operand in operation.Info.Operands)
        {
            var value = operand.Get(operation);
            var isDefault = operand.IsOptional && (Equals(value, operand.Default) || value is null);
            if (isDefault && (isShort || value is null)) writer.Byte(0);
            else writer.Argument(value!);
        }

        return writer.Record;
    }

    public RecordWriter Byte(int value)
    {
        _bytes.Add((byte)value);
        return this;
    }

    public RecordWriter UInt16(int value) => Byte(value).Byte(value >> 8);

    public RecordWriter Int32(int value) => UInt16(value).UInt16(value >> 16);

    public RecordWriter Int64(long value) => Int32((int)value).Int32((int)(value >> 32));

    public RecordWriter Text(string text)
    {
        Byte(Encoding.UTF8.GetByteCount(text))._bytes.AddRange(Encoding.UTF8.GetBytes(text));
        return this;
    }

    public RecordWriter Argument(object value)
    {
        switch (value)
        {
            case bool flag:
                return Byte(1).Byte(flag ? 1 : 0);
            case Accumulation { Kind: AccumulationKind.Automatic }:
                return Byte(0);
            case Accumulation { Kind: not AccumulationKind.Mixed } sum:
                return Argument(sum.Kind == AccumulationKind.Add);
            case int integer:
                return Byte(2).Int64(integer);
            case float or double:
                return Byte(3).Int64(BitConverter.DoubleToInt64Bits(Convert.ToDouble(value, null)));
            case Enum word:
                return Byte(4).Text(OperationInfo.SnakeCase(word.ToString()));
            case ScalarOperand { Column: { } column }:
                return Argument(column);
            case ScalarOperand scalar:
                return Argument(scalar.Immediate);
            case IntegerOperand { Register: { } source }:
                return Argument(source);
            case IntegerOperand operand:
                return Argument(operand.Value);
            case Register register:
                return Byte(7).Int32(register.Number);
            case AccessPattern p:
                return View(p);
            case ITuple pair:
                return List([.. Enumerable.Range(0, pair.Length).Select(i => pair[i]!)]);
            case System.Collections.IEnumerable items:
                return List([.. items.Cast<object>()]);
            default:
                return Argument(Levels(value));
        }
    }

    /// <summary>A small record of integers is a list of them.</summary>
    private static int[] Levels(object value) =>
        [.. value.GetType().GetProperties().Where(p => p.PropertyType == typeof(int)).Select(p => (int)p.GetValue(value)!)];

    private RecordWriter List(object[] items)
    {
        Byte(6).UInt16(items.Length);
        foreach (var item in items) Argument(item);
        return this;
    }

    private RecordWriter View(in AccessPattern p)
    {
        Byte(5).Int32(p.Tensor).Byte((byte)p.DType).Byte(5).Int32(p.StartPartition).Int64(p.Offset);
        Int32(p.Partitions).Int64(p.PartitionStep);
        Int32(p.Count0).Int64(p.Stride0).Int32(p.Count1).Int64(p.Stride1).Int32(p.Count2).Int64(p.Stride2).Int32(p.Count3).Int64(p.Stride3);
        Byte((byte)p.Dynamic.Kind);
        if (!p.IsDynamic) return this;
        var d = p.Dynamic;
        return Int32(d.Source).Int32(d.SourcePartition).Int32(d.SourceByte).Int64(d.Stride).Int32(d.Group);
    }
}
