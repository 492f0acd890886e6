using System.Text.Json;
using TrnEmu.Compiler.Json;

namespace TrnEmu.Compiler.Importers.HuggingFace;

/// <summary>
/// Reads how positions become angles: rope_theta and rope_scaling, or rope_parameters, which holds both. Kinds default,
/// linear and llama3 are a function of each frequency; the others look at the length of the sequence and are refused.
/// </summary>
internal static class RopeConfig
{
    private const double Huge = 1e12;

    /// <summary>The frequencies.</summary>
    public static RotationTable Read(JsonItem root, JsonChecker json, LlamaSizes sizes)
    {
        var parameters = root["rope_parameters"];
        var scaling = parameters ?? root["rope_scaling"];
        if (scaling is { IsObject: false })
        {
            json.Report(scaling, $"the scaling of rotations is {JsonChecker.Show(scaling)}, expected an object");
            scaling = null;
        }

        var theta = json.Number(parameters is { IsObject: true } && parameters["rope_theta"] is not null
            ? parameters : root, "rope_theta", 1, Huge, 10_000);
        var table = RotationTable.Of(theta, sizes);
        return scaling is null ? table : Scaled(table, scaling, json);
    }

    private static RotationTable Scaled(RotationTable table, JsonItem scaling, JsonChecker json)
    {
        foreach (var (name, item) in scaling.Members.Where(m => m.Value.Kind is JsonTokenType.StartObject))
            json.Report(item, $"{name} is an object: rotations that differ by the kind of layer are not built");
        if (json.Number(scaling, "partial_rotary_factor", 0, 1, 1) != 1)
            json.Report(scaling, $"partial_rotary_factor is not 1: heads that are rotated in part are not built");
        var kind = json.Text(scaling, "rope_type", json.Text(scaling, "type", "default"));
        switch (kind)
        {
            case "default":
                return table;
            case "linear":
                var factor = json.Number(scaling, "factor", 1, Huge);
                return table.Scaled(f => f / factor);
            case "llama3":
                return ByWavelength(table, scaling, json);
            default:
                json.Report(scaling, $"rotations of kind \"{kind}\" are not built, expected default, linear or llama3");
                return table;
        }
    }

    /// <summary>
    /// Waves longer than original / low are divided by the factor, those shorter than original / high stay, and between
    /// them the two are mixed by original / wavelength.
    /// </summary>
    private static RotationTable ByWavelength(RotationTable table, JsonItem scaling, JsonChecker json)
    {
        var factor = json.Number(scaling, "factor", 1, Huge);
        var low = json.Number(scaling, "low_freq_factor", 1e-6, Huge);
        var high = json.Number(scaling, "high_freq_factor", 1e-6, Huge);
        var original = json.Number(scaling, "original_max_position_embeddings", 1, Huge);
        if (high <= low) json.Report(scaling, $"high_freq_factor is {high}, low_freq_factor {low}: expected more");
        return table.Scaled(f =>
        {
            var waves = original * f / (2 * Math.PI);
            var share = Math.Clamp((waves - low) / (high - low), 0, 1);
            return share * f + (1 - share) * f / factor;
        });
    }
}
