using System.Runtime.CompilerServices;
using System.Text;
using TrnEmu.Core.Isa;
using TrnEmu.Core.Isa.Operations.Control;
using TrnEmu.Core.Memory;

namespace TrnEmu.Tests.Python;

/// <summary>Writes records as the Python package does: its plain description, for tests of what reads them.</summary>
internal sealed class RecordWriter
{
    private readonly MemoryStream _bytes = new();
    private readonly BinaryWriter _to;

    public RecordWriter() => _to = new BinaryWriter(_bytes);

    public byte[] Record => _bytes.ToArray();

    /// <summary>An operation with all its arguments; defaults are left out where <paramref name="isShort"/>.</summary>
    public static byte[] Of(Operation operation, Engine engine, int file, int line, bool isShort, int core = 0)
    {
        var writer = new RecordWriter();
        writer._to.Write((ushort)OperationInfo.All.ToList().IndexOf(operation.Info));
        writer._to.Write((byte)engine);
        writer._to.Write((byte)core);
        writer._to.Write(file);
        writer._to.Write(line);
        foreach (var operand in operation.Info.Operands)
        {
            var value = operand.Get(operation);
            var isDefault = operand.IsOptional && (Equals(value, operand.Default) || value is null);
            if (isDefault && (isShort || value is null)) writer._to.Write((byte)0);
            else writer.Argument(value!);
        }

        return writer.Record;
    }

    public static byte[] View(in AccessPattern p, MemorySpace space)
    {
        var writer = new RecordWriter();
        writer.Argument(p);
        return writer.Record;
    }

    public RecordWriter Byte(int value)
    {
        _to.Write((byte)value);
        return this;
    }

    public RecordWriter Int32(int value)
    {
        _to.Write(value);
        return this;
    }

    public RecordWriter Int64(long value)
    {
        _to.Write(value);
        return this;
    }

    public RecordWriter Text(string text)
    {
        _to.Write((byte)Encoding.UTF8.GetByteCount(text));
        _to.Write(Encoding.UTF8.GetBytes(text));
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
                Byte(3)._to.Write(Convert.ToDouble(value, null));
                return this;
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
        Byte(6)._to.Write((ushort)items.Length);
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
