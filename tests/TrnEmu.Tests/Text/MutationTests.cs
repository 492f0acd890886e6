using System.Text;
using TrnEmu.Core.Text;

namespace TrnEmu.Tests.Text;

public sealed class MutationTests
{
    private const int Cases = 2000;
    private static readonly string[] Words =
        ["99999999999999999999", "-1", "0x", "[", "]", "@", "@@", "#", "\"", "\0", "\uD800", "nan", "wait", "core 0", "\n", "*", ":", "((((((((", "0x7fffffffffffffff"];

    [Fact]
    public void Damaged_text_gives_a_program_or_errors_and_never_an_exception()
    {
        var random = new Random(7);
        for (var i = 0; i < Cases; i++)
        {
            var text = Damage(ProgramText.Print(RandomPrograms.Make(i % 50)), random);
            var result = TextPrograms.Parse(text);
            Assert.Equal(result.Program is null, result.Diagnostics.Count > 0);
            Assert.All(result.Diagnostics, d => Assert.InRange(d.Where.Line, 1, text.Count(c => c == '\n') + 1));
            if (result.Program is { } program) TextPrograms.CheckRoundTrip(program);
        }
    }

    [Fact]
    public void Reading_stops_after_a_thousand_errors()
    {
        var text = new StringBuilder("trn 1\nsbuf t : fp32[1]\ncore 0\n");
        for (var i = 0; i < 5000; i++) text.Append("  nosuch\n");
        var findings = TextPrograms.Parse(text.ToString()).Diagnostics;
        Assert.Equal(TextLimits.Errors + 1, findings.Count);
        Assert.Equal(TextCodes.TooMany, findings[^1].Code);
    }

    private static string Damage(string text, Random random)
    {
        var damaged = new StringBuilder(text);
        for (var n = random.Next(1, 6); n > 0 && damaged.Length > 1; n--)
        {
            var at = random.Next(damaged.Length);
            var length = Math.Min(random.Next(1, 40), damaged.Length - at);
            switch (random.Next(4))
            {
                case 0:
                    damaged[at] = (char)(damaged[at] ^ (1 << random.Next(8)));
                    break;
                case 1:
                    damaged.Remove(at, length);
                    break;
                case 2:
                    damaged.Insert(at, damaged.ToString(at, length));
                    break;
                default:
                    damaged.Insert(at, Words[random.Next(Words.Length)]);
                    break;
            }
        }

        return damaged.ToString();
    }
}
