using System.Globalization;
using FsCheck;
using FsCheck.Fluent;
using Microsoft.FSharp.Core;

namespace ProbNet.Tests.Autodiff;

/// <summary>
/// Runs FsCheck properties. The cases follow from a seed, so that the suite gives the same verdict everywhere; PROBNET_SEED in the environment
/// (a number, or "random") tries other cases. A failure prints the shrunken case, the seed, and the command that replays it.
/// </summary>
internal static class PropertyCheck
{
    private const ulong DefaultSeed = 20260101;

    public static void ForAll<T>(Arbitrary<T> cases, int count, Action<T> body)
    {
        ulong seed = Environment.GetEnvironmentVariable("PROBNET_SEED") switch
        {
            null or "" => DefaultSeed,
            "random" => (ulong)Environment.TickCount64,
            var text => ulong.Parse(text, CultureInfo.InvariantCulture),
        };

        // The second number, which must be odd, is SplitMix's increment.
        var replay = FSharpOption<Replay>.Some(new Replay(new Rnd(seed, 0x9E3779B97F4A7C15), FSharpOption<int>.None));
        Config config = Config.QuickThrowOnFailure.WithMaxTest(count).WithReplay(replay).WithQuietOnSuccess(true);
        try
        {
            Prop.ForAll(cases, body).Check(config);
        }
        catch (Exception error)
        {
            throw new Xunit.Sdk.XunitException($"Replay with PROBNET_SEED={seed} dotnet test. {error.Message}", error);
        }
    }
}
