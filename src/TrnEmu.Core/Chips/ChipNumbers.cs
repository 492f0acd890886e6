using System.Text.Json;
using TrnEmu.Core.Isa.Expansion;

namespace TrnEmu.Core.Chips;

/// <summary>Lists the numbers of a chip under the paths that they have in its file.</summary>
public static class ChipNumbers
{
    /// <summary>Every number in the order of the file, as <c>tensor.clock_ghz</c> and so on.</summary>
    public static IEnumerable<(string Path, Quantity Quantity)> Of(Chip chip) => Of(chip, "");

    private static IEnumerable<(string Path, Quantity Quantity)> Of(object node, string prefix)
    {
        foreach (var property in node.GetType().GetProperties())
        {
            var path = prefix + Spelled(property.Name);
            if (property.PropertyType == typeof(Quantity)) yield return (path, (Quantity)property.GetValue(node)!);
            else if (property.GetValue(node) is IReadOnlyDictionary<CostClass, ClassCost> classes)
            {
                foreach (var (name, cost) in classes)
                {
                    foreach (var number in Of(cost, $"{path}.{Spelled(name.ToString())}.")) yield return number;
                }
            }
            else if (IsSection(property.PropertyType) && property.GetValue(node) is { } section)
            {
                foreach (var number in Of(section, path + ".")) yield return number;
            }
        }
    }

    private static bool IsSection(Type type) => type.Namespace == typeof(Chip).Namespace && type.IsClass;

    private static string Spelled(string name) => JsonNamingPolicy.SnakeCaseLower.ConvertName(name);
}
