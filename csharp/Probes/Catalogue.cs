namespace Awaitbench.Probes;

/// <summary>The probes by the names of the catalogue; those that C# has nothing to show for are not here.</summary>
internal static class Catalogue
{
    private static readonly Dictionary<string, Action<Observations>> s_probes = new()
    {
        ["call-runs-body"] = StartResume.CallRunsBody,
    };

    public static Action<Observations>? Find(string name) => s_probes.GetValueOrDefault(name);
}
