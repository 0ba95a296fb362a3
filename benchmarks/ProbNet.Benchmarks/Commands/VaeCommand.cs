using System.CommandLine;

namespace ProbNet.Benchmarks;

/// <summary>vae: an autoencoder of binary images trained to its end.</summary>
internal static class VaeCommand
{
    /// <summary>The command with its action.</summary>
    public static Command Create()
    {
        var data = new Option<string>("--data") { Description = "digits.csv (64 pixels and a label a row) or the IDX file of MNIST's images, plain or gzipped.", Required = true };
        var testRows = new Option<string>("--test-rows") { Description = "File of 0-based test rows. Default: the last fifth." };
        var seed = new Option<long>("--seed") { Description = "Seed.", DefaultValueFactory = _ => 0 };
        Option<int> threads = CommonOptions.Threads();
        Option<string> json = CommonOptions.Json();
        var command = new Command("vae", "An autoencoder of binary images, trained to its end: time, bound and importance-weighted bound on test images.")
        {
            data, testRows, seed, threads, json,
        };
        command.SetAction(options =>
        {
            CommonOptions.UseThreads(CommonOptions.Number(options, threads));
            VaeTraining result = VaeTraining.Run(options.GetValue(data)!, options.GetValue(testRows), options.GetValue(seed));
            Console.WriteLine(FormattableString.Invariant(
                $"{result.Seconds:F2} s, test ELBO {result.TestElbo:F3}, divergence {result.TestKl:F3}, bound of 500 draws {result.TestIwae:F3} nats, ")
                + $"{result.ActiveUnits} active units");
            if (options.GetValue(json) is { } path)
            {
                Json.Write(path, result);
            }
        });
        return command;
    }
}
