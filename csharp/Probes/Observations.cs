using System.Text.Json;
using System.Text.Json.Nodes;

namespace Awaitbench.Probes;

/// <summary>What a probe sees: facts, to be compared with an expectation, and information, which never is.</summary>
internal sealed class Observations() : Recording(iterations: 1)
{
    public JsonObject Facts { get; } = [];

    public JsonObject Info { get; } = [];

    public void Fact(string name, JsonNode value) => Facts.Add(name, value);

    public void Fact(string name, IEnumerable<string> values) => Facts.Add(name, ListOf(values));

    public void Fact(string name, IEnumerable<int> values) =>
        Facts.Add(name, new JsonArray([.. values.Select(value => (JsonNode)value)]));

    public void Note(string name, JsonNode value) => Info.Add(name, value);

    public void Note(string name, IEnumerable<string> values) => Info.Add(name, ListOf(values));

    public override void WriteFields(Utf8JsonWriter line, int iteration)
    {
        line.WritePropertyName("facts");
        Facts.WriteTo(line);
        line.WritePropertyName("info");
        Info.WriteTo(line);
    }

    private static JsonArray ListOf(IEnumerable<string> values) => new([.. values.Select(value => (JsonNode)value)]);
}
