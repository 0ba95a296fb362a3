using System.Buffers.Binary;
using System.Text;
using FsCheck;
using FsCheck.Fluent;
using ProbNet.Autodiff;
using ProbNet.Layers;

namespace ProbNet.Tests.Layers;

public class SafeTensorsTests
{
    [Fact]
    public void Write_SmallFile_HasTheBytesOfTheFormat()
    {
        using var file = new TemporaryFile();

        SafeTensors.Write(file.Path, [KeyValuePair.Create("a", Tensor.From(1f, -2f))], new Dictionary<string, string> { ["k"] = "v" });

        // By the format's definition: length, header padded with spaces to a multiple of 8, then little-endian IEEE numbers.
        byte[] bytes = File.ReadAllBytes(file.Path);
        string header = """{"__metadata__":{"k":"v"},"a":{"dtype":"F32","shape":[2],"data_offsets":[0,8]}}""";
        int padded = (header.Length + 7) / 8 * 8;
        Assert.Equal((ulong)padded, BinaryPrimitives.ReadUInt64LittleEndian(bytes));
        Assert.Equal(header.PadRight(padded), Encoding.UTF8.GetString(bytes.AsSpan(8, padded)));
        Assert.Equal([0, 0, 0x80, 0x3f, 0, 0, 0, 0xc0], bytes[(8 + padded)..]);
        Assert.Equal(["model.safetensors"], file.Names);
    }

    [Fact]
    public void Read_WhatWasWritten_IsTheSame()
    {
        using var file = new TemporaryFile();
        Dictionary<string, Tensor> tensors = new()
        {
            ["single"] = Tensor.From(new[,] { { 1.5f, float.NaN }, { float.NegativeInfinity, -0f } }),
            ["double"] = Tensor.From(Math.PI, double.Epsilon),
            ["int"] = Tensor.From(int.MinValue, 7),
            ["long"] = Tensor.From(long.MaxValue),
            ["flags"] = Tensor.From(true, false, true),
            ["scalar"] = Tensor.Scalar(3),
            ["empty"] = Tensor.Zeros([0, 5]),
            ["Größe ∑ \"quoted\""] = Tensor.From(1f),
        };

        SafeTensors.Write(file.Path, tensors, new Dictionary<string, string> { ["note"] = "line\nbreak" });
        SafeTensorsFile read = SafeTensors.Read(file.Path);

        Assert.Equal("line\nbreak", read.Metadata["note"]);
        Assert.Equal(tensors.Keys.Order(), read.Tensors.Keys.Order());
        foreach ((string name, Tensor tensor) in tensors)
        {
            Assert.Equal(tensor.Shape, read.Tensors[name].Shape);
            Assert.Equal(tensor.DType, read.Tensors[name].DType);
            Assert.Equal(tensor.ToDoubles().Select(BitConverter.DoubleToInt64Bits), read.Tensors[name].ToDoubles().Select(BitConverter.DoubleToInt64Bits));
        }
    }

    [Theory]
    [InlineData("""["a"]""", 0, "does not begin with '{'")]
    [InlineData("""{"a":""", 0, "not valid JSON")]
    [InlineData("""{"a":{"dtype":"F32","shape":[1],"data_offsets":[0,4]}} x""", 4, "not valid JSON")]
    [InlineData("""{"a":{"dtype":"F16","shape":[1],"data_offsets":[0,2]}}""", 2, "dtype \"F16\"; known are F32")]
    [InlineData("""{"a":{"dtype":"F32","shape":[1]}}""", 4, "lacks a dtype, a shape or its two data_offsets")]
    [InlineData("""{"a":{"dtype":"F32","shape":[1],"data_offsets":[0,4],"color":1}}""", 4, "field \"color\"")]
    [InlineData("""{"a":{"dtype":"F32","shape":[-1],"data_offsets":[0,4]}}""", 4, "shape of \"a\" must be up to 32 whole numbers")]
    [InlineData("""{"a":{"dtype":"F32","shape":[1.5],"data_offsets":[0,4]}}""", 4, "shape of \"a\" must be up to 32 whole numbers")]
    [InlineData("""{"a":{"dtype":"F32","shape":[2],"data_offsets":[0,4]}}""", 4, "shape [2] does not fit its data_offsets [0, 4]")]
    [InlineData("""{"a":{"dtype":"F32","shape":[1],"data_offsets":[4,0]}}""", 4, "does not fit its data_offsets [4, 0]")]
    [InlineData("""{"a":{"dtype":"F32","shape":[1],"data_offsets":[4,8]}}""", 8, "bytes 0 to 4, before tensor \"a\", belong to no tensor")]
    [InlineData("""{"a":{"dtype":"F32","shape":[1],"data_offsets":[0,4]},"b":{"dtype":"F32","shape":[1],"data_offsets":[0,4]}}""", 8,
        "overlaps the one before")]
    [InlineData("""{"a":{"dtype":"F32","shape":[1],"data_offsets":[0,4]},"a":{"dtype":"F32","shape":[1],"data_offsets":[4,8]}}""", 8, "\"a\" stands twice")]
    [InlineData("""{"a":{"dtype":"F32","shape":[1],"data_offsets":[0,4]}}""", 5, "the tensors take 4 bytes, but 5 follow")]
    [InlineData("""{"a":{"dtype":"F32","shape":[1],"data_offsets":[0,4]}}""", 3, "the tensors take 4 bytes, but 3 follow")]
    [InlineData("""{"a":{"dtype":"BOOL","shape":[1],"data_offsets":[0,1]}}""", 1, "of type BOOL is neither 0 nor 1")]
    [InlineData("""{"__metadata__":{"k":1}}""", 0, "is a Number where a String must stand")]
    [InlineData("""{"__metadata__":{"k":"a","k":"b"}}""", 0, "\"k\" stands twice in __metadata__")]
    [InlineData("""{"a":[[[[[[1]]]]]]}""", 0, "is a StartArray where a StartObject must stand")]
    public void Read_BrokenRule_SaysWhich(string header, int dataLength, string expected)
    {
        using var file = new TemporaryFile();
        byte[] data = new byte[dataLength];
        Array.Fill(data, (byte)7);
        WriteRaw(file.Path, Encoding.UTF8.GetBytes(header), data);

        var error = Assert.Throws<InvalidDataException>(() => SafeTensors.Read(file.Path));

        Assert.StartsWith($"SafeTensors: {file.Path}: ", error.Message, StringComparison.Ordinal);
        Assert.Contains(expected, error.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("", "it has 0 bytes, fewer than the 8")]
    [InlineData("a,b\n1,2\n3,4\n", "bytes, but only 4 follow")]
    [InlineData("\u0002\0\0\0\0\0\0\0[]", "its header does not begin with '{'")]
    public void Read_AnotherKindOfFile_SaysSoFirst(string content, string reason)
    {
        using var file = new TemporaryFile();
        File.WriteAllText(file.Path, content);

        string message = Assert.Throws<InvalidDataException>(() => SafeTensors.Read(file.Path)).Message;

        Assert.StartsWith($"SafeTensors: {file.Path}: this is no safetensors file: ", message, StringComparison.Ordinal);
        Assert.Contains(reason, message, StringComparison.Ordinal);
    }

    [Fact]
    public void Read_FileThatWasCutOff_IsNotTakenForAnotherKind()
    {
        using var file = new TemporaryFile();
        SafeTensors.Write(file.Path, new Dictionary<string, Tensor> { ["a"] = Tensor.From(1f, 2) });
        File.WriteAllBytes(file.Path, File.ReadAllBytes(file.Path)[..20]);

        string message = Assert.Throws<InvalidDataException>(() => SafeTensors.Read(file.Path)).Message;

        Assert.StartsWith($"SafeTensors: {file.Path}: its header claims ", message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(7)]
    [InlineData(long.MaxValue)]
    [InlineData(-1)]
    public void Read_HeaderLongerThanTheFile_IsRefused(long claimed)
    {
        using var file = new TemporaryFile();
        byte[] bytes = new byte[12];
        BinaryPrimitives.WriteInt64LittleEndian(bytes, claimed);
        File.WriteAllBytes(file.Path, bytes);

        Assert.Contains("bytes, but only 4 follow", Assert.Throws<InvalidDataException>(() => SafeTensors.Read(file.Path)).Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("[2147483647]", "[0,8589934588]")]
    [InlineData("[1000000,1000000,1000000]", "[0,4000000000000000000]")]
    [InlineData("[4294967296,4294967296,4294967296]", "[0,0]")]
    [InlineData("[9223372036854775807,9223372036854775807,2]", "[0,8]")]
    [InlineData("[0,9223372036854775807]", "[0,0]")]
    [InlineData("[2147483648]", "[0,8589934592]")]
    public void Read_HugeShapeClaimed_IsRefusedWithoutAllocatingIt(string shape, string offsets)
    {
        using var file = new TemporaryFile();
        WriteRaw(file.Path, Encoding.UTF8.GetBytes($$$"""{"a":{"dtype":"F32","shape":{{{shape}}},"data_offsets":{{{offsets}}}}}"""), new byte[8]);
        long before = GC.GetAllocatedBytesForCurrentThread();

        Assert.Throws<InvalidDataException>(() => SafeTensors.Read(file.Path));

        Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 0, 100_000);
    }

    [Fact]
    public void Read_AnyByteChangedOrCut_GivesTensorsOrInvalidData()
    {
        using var file = new TemporaryFile();
        SafeTensors.Write(
            file.Path, [KeyValuePair.Create("w", Tensor.Ones([2, 3])), KeyValuePair.Create("m", Tensor.From(true, false))],
            new Dictionary<string, string> { ["k"] = "v" });
        byte[] whole = File.ReadAllBytes(file.Path);

        Prop.ForAll(
            Gen.Choose(0, whole.Length - 1).ToArbitrary(), Gen.Choose(0, 255).ToArbitrary(), Gen.Choose(0, 3).ToArbitrary(),
            (position, value, cut) =>
            {
                byte[] bytes = cut == 0 ? whole[..position] : (byte[])whole.Clone();
                if (cut != 0)
                {
                    bytes[position] = (byte)value;
                }

                File.WriteAllBytes(file.Path, bytes);
                try
                {
                    // What still reads has the size of the file's data.
                    Assert.InRange(SafeTensors.Read(file.Path).Tensors.Values.Sum(t => t.Size * t.DType.ByteSize()), 0, whole.Length);
                    return cut != 0;
                }
                catch (InvalidDataException)
                {
                    return true;
                }
            }).QuickCheckThrowOnFailure();
    }

    [Fact]
    public void Write_NameTwiceOrNoFolder_LeavesNothing()
    {
        using var file = new TemporaryFile();
        KeyValuePair<string, Tensor> pair = KeyValuePair.Create("a", Tensor.Ones([1]));

        Assert.Throws<ArgumentException>(() => SafeTensors.Write(file.Path, [pair, pair]));
        Assert.Throws<ArgumentException>(() => SafeTensors.Write(file.Path, [KeyValuePair.Create("__metadata__", Tensor.Ones([1]))]));
        Assert.Throws<DirectoryNotFoundException>(() => SafeTensors.Write(Path.Combine(file.Path, "none", "a"), [pair]));

        Assert.Empty(file.Names);
    }

    private static void WriteRaw(string path, byte[] header, byte[] data)
    {
        byte[] length = new byte[8];
        BinaryPrimitives.WriteInt64LittleEndian(length, header.Length);
        File.WriteAllBytes(path, [.. length, .. header, .. data]);
    }

    [Fact]
    public void Write_IntoAFolderThatIsNot_NamesIt()
    {
        string folder = Path.Combine(Path.GetTempPath(), Path.GetRandomFileName());
        var error = Assert.Throws<DirectoryNotFoundException>(() =>
            SafeTensors.Write(Path.Combine(folder, "a.safetensors"), new Dictionary<string, Tensor> { ["a"] = Tensor.From(1f) }));
        Assert.Equal($"SafeTensors.Write: cannot write {Path.Combine(folder, "a.safetensors")}: there is no folder {folder}.", error.Message);
    }
}
