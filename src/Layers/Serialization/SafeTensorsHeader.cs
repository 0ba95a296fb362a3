using System.Text.Json;
using ProbNet.Autodiff;

namespace ProbNet.Layers;

/// <summary>
/// The header of a safetensors file, a JSON object {"name": {"dtype": "F32", "shape": [2, 3], "data_offsets": [0, 24]}, …, "__metadata__": {…}}.
/// Read token by token, so that what it costs is bounded by its own length, whatever it claims.
/// </summary>
internal sealed class SafeTensorsHeader
{
    public const string MetadataName = "__metadata__";

    // Far beyond any tensor, and far below what would cost memory.
    private const int MaxRank = 32;

    private SafeTensorsHeader(IReadOnlyList<SafeTensorsEntry> entries, IReadOnlyDictionary<string, string> metadata)
    {
        Entries = entries;
        Metadata = metadata;
    }

    /// <summary>The tensors in the order of their bytes.</summary>
    public IReadOnlyList<SafeTensorsEntry> Entries { get; }

    public IReadOnlyDictionary<string, string> Metadata { get; }

    public static string NameOf(DType dtype) => dtype switch
    {
        DType.Float32 => "F32",
        DType.Float64 => "F64",
        DType.Int32 => "I32",
        DType.Int64 => "I64",
        _ => "BOOL",
    };

    /// <summary>Reads and checks a header.</summary>
    /// <param name="utf8">Its bytes.</param>
    /// <param name="dataLength">The number of bytes that follow it in the file.</param>
    /// <exception cref="InvalidDataException">It breaks a rule of the format; the message says which.</exception>
    public static SafeTensorsHeader Parse(ReadOnlySpan<byte> utf8, long dataLength)
    {
        try
        {
            var reader = new Utf8JsonReader(utf8, new JsonReaderOptions { MaxDepth = 4 });
            var entries = new List<SafeTensorsEntry>();
            var metadata = new Dictionary<string, string>(StringComparer.Ordinal);
            var names = new HashSet<string>(StringComparer.Ordinal);
            reader.Read();
            while (NextName(ref reader, names, "the header") is { } name)
            {
                if (name == MetadataName)
                {
                    ReadMetadata(ref reader, metadata);
                }
                else
                {
                    entries.Add(ReadEntry(ref reader, name));
                }
            }

            // Throws on anything but white space after the object.
            reader.Read();
            return new SafeTensorsHeader(InOrder(entries, dataLength), metadata);
        }
        catch (Exception e) when (e is JsonException or InvalidOperationException or FormatException)
        {
            throw new InvalidDataException($"the header is not valid JSON in UTF-8 ({e.Message})", e);
        }
    }

    /// <summary>The bytes of a header for tensors that stand one after the other, padded to a multiple of eight.</summary>
    public static byte[] Format(IEnumerable<SafeTensorsEntry> entries, IReadOnlyDictionary<string, string> metadata)
    {
        using var buffer = new MemoryStream();
        using (var writer = new Utf8JsonWriter(buffer))
        {
            writer.WriteStartObject();
            if (metadata.Count > 0)
            {
                writer.WriteStartObject(MetadataName);
                foreach ((string name, string value) in metadata)
                {
                    writer.WriteString(name, value);
                }

                writer.WriteEndObject();
            }

            foreach (SafeTensorsEntry entry in entries)
            {
                writer.WriteStartObject(entry.Name);
                writer.WriteString("dtype", NameOf(entry.DType));
                WriteNumbers(writer, "shape", [.. entry.Shape.Select(length => (long)length)]);
                WriteNumbers(writer, "data_offsets", [entry.Offset, entry.Offset + entry.ByteLength]);
                writer.WriteEndObject();
            }

            writer.WriteEndObject();
        }

        while (buffer.Length % 8 != 0)
        {
            buffer.WriteByte((byte)' ');
        }

        return buffer.ToArray();
    }

    private static void ReadMetadata(ref Utf8JsonReader reader, Dictionary<string, string> metadata)
    {
        Expect(ref reader, JsonTokenType.StartObject, MetadataName);
        var names = new HashSet<string>(StringComparer.Ordinal);
        while (NextName(ref reader, names, MetadataName) is { } name)
        {
            Expect(ref reader, JsonTokenType.String, $"{MetadataName} \"{name}\"");
            metadata.Add(name, reader.GetString()!);
        }
    }

    private static SafeTensorsEntry ReadEntry(ref Utf8JsonReader reader, string name)
    {
        Expect(ref reader, JsonTokenType.StartObject, $"tensor \"{name}\"");
        DType? dtype = null;
        long[]? shape = null, offsets = null;
        var fields = new HashSet<string>(StringComparer.Ordinal);
        while (NextName(ref reader, fields, $"tensor \"{name}\"") is { } field)
        {
            switch (field)
            {
                case "dtype":
                    Expect(ref reader, JsonTokenType.String, $"dtype of \"{name}\"");
                    dtype = ParseDType(reader.GetString()!, name);
                    break;
                case "shape":
                    shape = ReadNumbers(ref reader, $"shape of \"{name}\"");
                    break;
                case "data_offsets":
                    offsets = ReadNumbers(ref reader, $"data_offsets of \"{name}\"");
                    break;
                default:
                    throw new InvalidDataException($"tensor \"{name}\" has a field \"{field}\" that the format does not know");
            }
        }

        if (dtype is not { } type || shape is null || offsets is not { Length: 2 })
        {
            throw new InvalidDataException($"tensor \"{name}\" lacks a dtype, a shape or its two data_offsets");
        }

        // Compared as a product in 128 bits: a claimed shape costs nothing until its length is known to be in the file.
        Int128 bytes = type.ByteSize();
        foreach (long length in shape)
        {
            bytes = bytes > long.MaxValue ? bytes : bytes * length;
        }

        if (bytes != (Int128)offsets[1] - offsets[0] || shape.Any(length => length > int.MaxValue) || bytes / type.ByteSize() > int.MaxValue)
        {
            throw new InvalidDataException(
                $"tensor \"{name}\" of type {NameOf(type)} and shape [{string.Join(", ", shape)}] does not fit its data_offsets [{offsets[0]}, {offsets[1]}]");
        }

        return new SafeTensorsEntry(name, type, (int[])[.. shape.Select(length => (int)length)], offsets[0]);
    }

    private static SafeTensorsEntry[] InOrder(List<SafeTensorsEntry> entries, long dataLength)
    {
        SafeTensorsEntry[] ordered = [.. entries.OrderBy(entry => entry.Offset).ThenBy(entry => entry.ByteLength)];
        long end = 0;
        foreach (SafeTensorsEntry entry in ordered)
        {
            if (entry.Offset != end)
            {
                throw new InvalidDataException(entry.Offset < end
                    ? $"tensor \"{entry.Name}\" overlaps the one before it: it starts at byte {entry.Offset}, which is before {end}"
                    : $"bytes {end} to {entry.Offset}, before tensor \"{entry.Name}\", belong to no tensor");
            }

            end = entry.Offset + entry.ByteLength;
        }

        return end == dataLength
            ? ordered
            : throw new InvalidDataException($"the tensors take {end} bytes, but {dataLength} follow the header");
    }

    /// <summary>The next name in an object, or null at its end.</summary>
    private static string? NextName(ref Utf8JsonReader reader, HashSet<string> seen, string where)
    {
        reader.Read();
        if (reader.TokenType == JsonTokenType.EndObject)
        {
            return null;
        }

        string name = reader.GetString()!;
        return seen.Add(name) ? name : throw new InvalidDataException($"the name \"{name}\" stands twice in {where}");
    }

    private static long[] ReadNumbers(ref Utf8JsonReader reader, string where)
    {
        Expect(ref reader, JsonTokenType.StartArray, where);
        var numbers = new List<long>();
        while (reader.Read() && reader.TokenType != JsonTokenType.EndArray)
        {
            if (reader.TokenType != JsonTokenType.Number || !reader.TryGetInt64(out long number) || number < 0 || numbers.Count == MaxRank)
            {
                throw new InvalidDataException($"the {where} must be up to {MaxRank} whole numbers from 0");
            }

            numbers.Add(number);
        }

        return [.. numbers];
    }

    private static void Expect(ref Utf8JsonReader reader, JsonTokenType type, string where)
    {
        if (!reader.Read() || reader.TokenType != type)
        {
            throw new InvalidDataException($"the {where} is a {reader.TokenType} where a {type} must stand");
        }
    }

    private static DType ParseDType(string text, string name) => text switch
    {
        "F32" => DType.Float32,
        "F64" => DType.Float64,
        "I32" => DType.Int32,
        "I64" => DType.Int64,
        "BOOL" => DType.Bool,
        _ => throw new InvalidDataException($"tensor \"{name}\" has dtype \"{text}\"; known are F32, F64, I32, I64 and BOOL"),
    };

    private static void WriteNumbers(Utf8JsonWriter writer, string name, ReadOnlySpan<long> numbers)
    {
        writer.WriteStartArray(name);
        foreach (long number in numbers)
        {
            writer.WriteNumberValue(number);
        }

        writer.WriteEndArray();
    }
}
