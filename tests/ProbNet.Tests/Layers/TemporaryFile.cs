namespace ProbNet.Tests.Layers;

/// <summary>A path of its own in a folder of its own, removed at the end.</summary>
internal sealed class TemporaryFile : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("probnet");

    public string Path => System.IO.Path.Combine(_folder.FullName, "model.safetensors");

    /// <summary>The names of all files in the folder.</summary>
    public IEnumerable<string> Names => _folder.EnumerateFiles().Select(file => file.Name);

    public void Dispose() => _folder.Delete(recursive: true);
}
