using TrnEmu.Compiler.Importers.Onnx.Proto;

namespace TrnEmu.Compiler.Importers.Onnx;

/// <summary>Attributes that a call gives a function of the model.</summary>
internal sealed class Bindings(FunctionProto function, Dictionary<string, AttributeProto> given)
{
    /// <summary>The attributes of a node, those that name an attribute of the function around it replaced.</summary>
    public static Dictionary<string, AttributeProto> Resolve(NodeProto node, Bindings? around)
    {
        var attributes = new Dictionary<string, AttributeProto>();
        foreach (var attribute in node.Attribute)
        {
            var value = attribute.RefAttrName.Length == 0 ? attribute : around?.Find(attribute.RefAttrName);
            if (value is not null) attributes[attribute.Name] = value;
        }

        return attributes;
    }

    private AttributeProto? Find(string name) =>
        given.GetValueOrDefault(name) ?? function.AttributeProto.FirstOrDefault(a => a.Name == name);
}
