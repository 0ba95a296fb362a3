using System.Diagnostics;
using System.Globalization;
using System.IO.Compression;
using ProbNet.Autodiff;
using ProbNet.Distributions;
using ProbNet.Examples;
using ProbNet.Inference;
using ProbNet.Layers;

namespace ProbNet.Benchmarks;

/// <summary>
/// An autoencoder of binary images trained to its end, as in peers/vae.py. Small images (64 pixels): 64-128-128-(2×8) and back, 150 epochs of batches of 64. Others:
/// 784-256-256-(2×16), 40 epochs of batches of 100. ReLU, Bernoulli pixels that are 1 from half of the range on, N(0, I), Adam with a rate of 10⁻³, float32.
/// </summary>
/// <param name="Seconds">Time of training, compilation included.</param>
/// <param name="TestElbo">Mean bound of the test images with 64 draws each, in nats.</param>
/// <param name="TestKl">Mean divergence of their posteriors from the prior.</param>
/// <param name="TestIwae">Mean importance-weighted bound with 500 draws each.</param>
/// <param name="ActiveUnits">Latent variables whose posterior mean varies by more than 0.01 over them.</param>
internal sealed record VaeTraining(double Seconds, double TestElbo, double TestKl, double TestIwae, int ActiveUnits)
{
    private const int SmallImage = 64;

    /// <summary>Reads the images, trains and scores.</summary>
    /// <exception cref="BadInputException">A file cannot be read.</exception>
    public static VaeTraining Run(string data, string? testRowsFile, long seed)
    {
        Tensor images = File.Exists(data)
            ? data.EndsWith(".csv", StringComparison.Ordinal) ? ReadDigits(data) : ReadIdx(data)
            : throw new BadInputException($"There is no file '{data}'.");
        long[] testRows = testRowsFile is null
            ? [.. Rows(images).Skip(images.Shape[0] - (images.Shape[0] / 5))]
            : [.. File.ReadLines(testRowsFile).Select(line => long.Parse(line, CultureInfo.InvariantCulture))];
        Tensor test = images.IndexSelect(0, Tensor.From<long>(testRows)), train = images.IndexSelect(0, Tensor.From<long>([.. Rows(images).Except(testRows)]));

        bool isSmall = images.Shape[1] == SmallImage;
        int width = isSmall ? 128 : 256;
        Layer[] Hidden() => [Relu(width), Relu(width)];
        Model<Vae> model = Model.Unconditional(new VaeHead(isSmall ? 8 : 16, Hidden(), Hidden(), new BernoulliHead(images.Shape[1])));
        var watch = Stopwatch.StartNew();
        model.Fit(train, new FitOptions { Epochs = isSmall ? 150 : 40, BatchSize = isSmall ? 64 : 100, Key = RandomKey.FromSeed(seed), ShowProgress = false });
        double seconds = watch.Elapsed.TotalSeconds;

        Vae vae = model.Predict();
        RandomKey key = RandomKey.FromSeed(seed).FoldIn(1);
        return new VaeTraining(
            seconds,
            vae.Elbo(test, key.FoldIn(0), 64).Value.Mean().ToScalar(),
            vae.Divergence(test).Value.Mean().ToScalar(),
            vae.LogProbEstimate(test, key.FoldIn(1), 500).Value.Mean().ToScalar(),
            vae.ActiveUnits(test));
    }

    // Weights of variance 1/n, between PyTorch's 1/(3n) and He's 2/n: with the latter, the encoder fits the training images more closely than the test ones allow.
    private static Dense Relu(int width) => new(width, Activation.Relu, initializer: Initializer.LeCunNormal);

    private static IEnumerable<long> Rows(Tensor images) => Enumerable.Range(0, images.Shape[0]).Select(i => (long)i);

    private static Tensor ReadDigits(string path)
    {
        string[][] rows = [.. File.ReadLines(path).Skip(1).Select(line => line.Split(','))];
        float[] pixels = [.. rows.SelectMany(row => row[..SmallImage].Select(text => int.Parse(text, CultureInfo.InvariantCulture) >= 8 ? 1f : 0f))];
        return Tensor.From(pixels, [rows.Length, SmallImage]);
    }

    // A header of four big-endian numbers (2051, images, rows, columns), then bytes.
    private static Tensor ReadIdx(string path)
    {
        using Stream file = File.OpenRead(path), plain = path.EndsWith(".gz", StringComparison.Ordinal) ? new GZipStream(file, CompressionMode.Decompress) : file;
        using var memory = new MemoryStream();
        plain.CopyTo(memory);
        byte[] bytes = memory.ToArray();
        const int Header = 16;
        int count = System.Buffers.Binary.BinaryPrimitives.ReadInt32BigEndian(bytes.AsSpan(4));
        return Tensor.From([.. bytes.Skip(Header).Select(value => value >= 128 ? 1f : 0f)], [count, (bytes.Length - Header) / count]);
    }
}
