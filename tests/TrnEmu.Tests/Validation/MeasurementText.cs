using System.Text;
using TrnEmu.Core.Diagnostics;
using TrnEmu.Validation;

namespace TrnEmu.Tests.Validation;

/// <summary>A small file of measurements, a property a line, and what reading variants of it finds.</summary>
internal static class MeasurementText
{
    public const string Good = """
        {
          "rows": {
            "a": {
              "chip": "trn2",
              "kernel": "add",
              "case": "bf16",
              "dims": { "M": 128, "N": 512 },
              "dtype": "bf16",
              "metric": "latency",
              "unit": "us",
              "values": [20, 22, 21],
              "includes_runtime": true,
              "source": "a test",
              "note": "none"
            },
            "b": {
              "chip": "trn2", "kernel": "add", "metric": "latency", "unit": "us", "values": [30],
              "includes_runtime": true, "source": "a test"
            },
            "t": {
              "chip": "trn2", "kernel": "exp_tile", "metric": "timeline", "unit": "ns",
              "stages": { "activate": [400, 410] }, "includes_runtime": false, "source": "a test"
            }
          },
          "ladders": {
            "sizes": ["a", "b"]
          },
          "instructions": {
            "add": {
              "chip": "trn2", "engine": "vector", "class": "elementwise", "items": 128, "dtype": "fp32",
              "traits": ["source_psum"], "quantity": "latency", "unit": "ns", "values": [291], "source": "a test"
            }
          },
          "packets": {
            "trn2": { "unit": "ns", "source": "a test", "intervals": { "4096": 155.3 } }
          }
        }
        """;

    public static MeasurementSet Read(string text)
    {
        MeasuredKernels.Register();
        return MeasurementFile.Parse(Encoding.UTF8.GetBytes(text), "m.json");
    }

    /// <summary>The file with one text in place of another that must be there.</summary>
    public static string With(string part, string other)
    {
        Assert.Contains(part, Good, StringComparison.Ordinal);
        return Good.Replace(part, other, StringComparison.Ordinal);
    }

    public static IReadOnlyList<Diagnostic> Findings(string text) =>
        Assert.Throws<TrnException>(() => Read(text)).Diagnostics;
}
