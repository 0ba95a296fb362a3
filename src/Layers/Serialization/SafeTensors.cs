using System.Buffers.Binary;
using ProbNet.Autodiff;

namespace ProbNet.Layers;

/// <summary>
/// Reads and writes the safetensors format, in which other frameworks keep weights too: a header in JSON, then the plain bytes of each tensor.
/// There is nothing in such a file that could run. Of its element types F32, F64, I32, I64 and BOOL are known here.
/// </summary>
public static class SafeTensors
{
    private static readonly Dictionary<string, string> s_noMetadata = [];

    /// <summary>Reads a whole file, strictly: its bytes must be exactly what its header describes.</summary>
    /// <param name="path">The file.</param>
    /// <exception cref="InvalidDataException">The file breaks a rule of the format; the message says which.</exception>
    /// <exception cref="IOException">The file cannot be read.</exception>
    public static SafeTensorsFile Read(string path)
    {
        using var reader = new SafeTensorsReader(path);
        return new SafeTensorsFile(reader.Header.Entries.ToDictionary(entry => entry.Name, reader.Read, StringComparer.Ordinal), reader.Header.Metadata);
    }

    /// <summary>Writes tensors and metadata, to a temporary name first: a file of the final name is always whole.</summary>
    /// <param name="path">The file; replaced if it exists.</param>
    /// <param name="tensors">The tensors with their names, each name once.</param>
    /// <param name="metadata">Texts about the file, by name.</param>
    /// <exception cref="ArgumentException">A name stands twice, or is that of the metadata.</exception>
    /// <exception cref="IOException">The file cannot be written.</exception>
    public static void Write(string path, IEnumerable<KeyValuePair<string, Tensor>> tensors, IReadOnlyDictionary<string, string>? metadata = null)
    {
        if (!BitConverter.IsLittleEndian)
        {
            throw new PlatformNotSupportedException("SafeTensors: the format is little-endian, and this machine is not.");
        }

        // Widest elements first, so that each tensor stands at a multiple of its element's size.
        KeyValuePair<string, Tensor>[] ordered = [.. tensors.OrderByDescending(pair => pair.Value.DType.ByteSize())];
        var entries = new List<SafeTensorsEntry>();
        var names = new HashSet<string>(StringComparer.Ordinal) { SafeTensorsHeader.MetadataName };
        long offset = 0;
        foreach ((string name, Tensor tensor) in ordered)
        {
            if (!names.Add(name))
            {
                throw new ArgumentException($"SafeTensors.Write: the name \"{name}\" is taken; each tensor needs a name of its own.", nameof(tensors));
            }

            entries.Add(new SafeTensorsEntry(name, tensor.DType, tensor.Shape, offset));
            offset += entries[^1].ByteLength;
        }

        byte[] header = SafeTensorsHeader.Format(entries, metadata ?? s_noMetadata);
        if (Path.GetDirectoryName(Path.GetFullPath(path)) is { } folder && !Directory.Exists(folder))
        {
            throw new DirectoryNotFoundException($"SafeTensors.Write: cannot write {path}: there is no folder {folder}.");
        }

        string temporary = path + ".tmp";
        try
        {
            using (var file = new FileStream(temporary, FileMode.Create, FileAccess.Write, FileShare.None))
            {
                Span<byte> prefix = stackalloc byte[sizeof(ulong)];
                BinaryPrimitives.WriteUInt64LittleEndian(prefix, (ulong)header.Length);
                file.Write(prefix);
                file.Write(header);
                foreach ((_, Tensor tensor) in ordered)
                {
                    file.Write(SafeTensorsReader.Bytes(tensor.RawData));
                }

                file.Flush(flushToDisk: true);
            }

            File.Move(temporary, path, overwrite: true);
        }
        catch
        {
            File.Delete(temporary);
            throw;
        }
    }
}
