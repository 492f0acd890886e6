using System.Globalization;
using TrnEmu.Core.Isa;
using TrnEmu.Core.Isa.Operations.Control;
using TrnEmu.Core.Isa.Operations.GpSimd;
using TrnEmu.Core.Memory;

namespace TrnEmu.Python;

/// <content>Arguments of operations, each with its tag; called by what <see cref="OperationReader"/> compiles.</content>
internal sealed partial class RecordReader
{
    /// <summary>Takes the next argument if it is absent.</summary>
    public bool TakeNone()
    {
        if (Peek() != ArgumentTag.None) return false;
        _at++;
        return true;
    }

    /// <summary>True or false.</summary>
    public bool Boolean(string name)
    {
        var tag = Tag();
        if (tag == ArgumentTag.Boolean) return U8() != 0;
        if (tag != ArgumentTag.Integer) throw Expected(name, tag, "True or False");
        var value = I64();
        return value is 0 or 1 ? value == 1 : throw Wrong($"{name} is {value.ToString(CultureInfo.InvariantCulture)}, expected True or False");
    }

    /// <summary>A 32-bit integer, signed or not.</summary>
    public int Integer(string name)
    {
        var value = Whole(name);
        return value is >= int.MinValue and <= uint.MaxValue
            ? unchecked((int)value) : throw Wrong($"{name} is {value.ToString(CultureInfo.InvariantCulture)}, limit 32 bits");
    }

    /// <summary>A number.</summary>
    public double Real(string name) => Tag() switch
    {
        ArgumentTag.Real => F64(),
        ArgumentTag.Integer => I64(),
        ArgumentTag.Boolean => U8(),
        var tag => throw Expected(name, tag, "a number"),
    };

    /// <summary>A number as fp32.</summary>
    public float Single(string name) => (float)Real(name);

    /// <summary>A number, or a [P, 1] view.</summary>
    public ScalarOperand Scalar(string name)
    {
        var tag = Peek();
        if (tag == ArgumentTag.View) return View(name);
        if (tag is ArgumentTag.Real or ArgumentTag.Integer or ArgumentTag.Boolean) return Real(name);
        throw Expected(name, tag, "a number or a tensor [P, 1]");
    }

    /// <summary>A register.</summary>
    public Register Register(string name)
    {
        var tag = Tag();
        return tag == ArgumentTag.Register ? new Register(I32()) : throw Expected(name, tag, "a register");
    }

    /// <summary>An integer or a register.</summary>
    public IntegerOperand IntegerOrRegister(string name) =>
        Peek() == ArgumentTag.Register ? Register(name) : Integer(name);

    /// <summary>True adds, false overwrites, absent decides by element.</summary>
    public Accumulation Accumulate(string name) => Boolean(name);

    /// <summary>A member of an enumeration by its word.</summary>
    public T Word<T>(string name)
        where T : struct, Enum
    {
        if (Tag() is not ArgumentTag.Word and var tag) throw Expected(name, tag, Words<T>.Expected);
        var word = Take(U8());
        return Words<T>.TryParse(word, out var value)
            ? value : throw Wrong($"{name} is {System.Text.Encoding.ASCII.GetString(word)}, expected {Words<T>.Expected}");
    }

    /// <summary>Integers.</summary>
    public EquatableArray<int> Integers(string name)
    {
        if (Peek() == ArgumentTag.Integer) return [Integer(name)];
        var items = new int[Count(name, "integers")];
        for (var i = 0; i < items.Length; i++) items[i] = Integer(name);
        return [.. items];
    }

    /// <summary>Numbers.</summary>
    public EquatableArray<float> Singles(string name)
    {
        var items = new float[Count(name, "numbers")];
        for (var i = 0; i < items.Length; i++) items[i] = Single(name);
        return [.. items];
    }

    /// <summary>Views.</summary>
    public EquatableArray<AccessPattern> Views(string name)
    {
        if (Peek() == ArgumentTag.View) return [View(name)];
        var items = new AccessPattern[Count(name, "tensors")];
        for (var i = 0; i < items.Length; i++) items[i] = View(name);
        return [.. items];
    }

    /// <summary>Levels [[step, num], …].</summary>
    public EquatableArray<AffineLevel> Levels(string name)
    {
        var items = new AffineLevel[Count(name, "[step, num] levels")];
        for (var i = 0; i < items.Length; i++)
        {
            var (step, num) = Two(name, "[step, num]");
            items[i] = new AffineLevel(step, num);
        }

        return [.. items];
    }

    /// <summary>Two integers; an empty list is none.</summary>
    public (int, int)? Pair(string name)
    {
        if (Peek() == ArgumentTag.List && _length - _at >= 3 && _bytes[_at + 1] == 0 && _bytes[_at + 2] == 0)
        {
            _at += 3;
            return null;
        }

        return Two(name, "two integers");
    }

    private (int, int) Two(string name, string what)
    {
        var count = Count(name, what);
        return count == 2 ? (Integer(name), Integer(name)) : throw Wrong($"{name} has {count} items, expected {what}");
    }

    private long Whole(string name)
    {
        switch (Tag())
        {
            case ArgumentTag.Integer:
                return I64();
            case ArgumentTag.Boolean:
                return U8();
            case ArgumentTag.Real when F64() is var value:
                return value == Math.Floor(value) && Math.Abs(value) < 1e15
                    ? (long)value : throw Wrong($"{name} is {value.ToString(CultureInfo.InvariantCulture)}, expected an integer");
            case var tag:
                throw Expected(name, tag, "an integer");
        }
    }

    private int Count(string name, string what)
    {
        var tag = Tag();
        return tag == ArgumentTag.List ? U16() : throw Expected(name, tag, $"a list of {what}");
    }

    private ArgumentTag Peek() =>
        _at < _length ? (ArgumentTag)_bytes[_at] : throw new InvalidDataException($"a record for {Operation} has too few arguments");

    private ArgumentTag Tag() => (ArgumentTag)U8();

    private Core.Diagnostics.TrnException Expected(string name, ArgumentTag tag, string what) =>
        Wrong(tag == ArgumentTag.None ? $"{name} is missing, expected {what}" : $"{name} is {Kind(tag)}, expected {what}");

    private static string Kind(ArgumentTag tag) => tag switch
    {
        ArgumentTag.Boolean => "True or False",
        ArgumentTag.Integer => "an integer",
        ArgumentTag.Real => "a number",
        ArgumentTag.Word => "a word",
        ArgumentTag.View => "a tensor",
        ArgumentTag.List => "a list",
        ArgumentTag.Register => "a register",
        _ => throw new InvalidDataException($"an argument has tag {tag}"),
    };
}
