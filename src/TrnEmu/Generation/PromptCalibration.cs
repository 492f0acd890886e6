using TrnEmu.Compiler.Importers;
using TrnEmu.Compiler.Quantisation;

namespace TrnEmu.Generation;

/// <summary>
/// Runs a decoder on a prompt, and on what it answers where the prompt is short: one token shows little of the range
/// that activations have.
/// </summary>
internal static class PromptCalibration
{
    private const int Least = 32;

    /// <summary>Feeds the tokens one by one, then those that are likeliest in fp64, up to 32 in all.</summary>
    public static void Run(Calibration calibration, Decoder decoder, IReadOnlyList<int> start)
    {
        var token = start[0];
        for (var position = 0; position < Math.Min(Math.Max(start.Count, Least), decoder.Positions); position++)
        {
            calibration[Decoder.Token][0] = token;
            calibration[Decoder.Position][0] = position;
            calibration.Run();
            var logits = calibration[Decoder.Logits];
            token = position + 1 < start.Count ? start[position + 1] : Array.IndexOf(logits, logits.Max());
        }
    }
}
