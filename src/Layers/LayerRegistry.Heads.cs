namespace ProbNet.Layers;

public static partial class LayerRegistry
{
    private static void RegisterDensityHeads()
    {
        RegisterHead(nameof(AutoregressiveMixtureHead), d => new AutoregressiveMixtureHead(
            d.Integer("outputs"), Components(d), d.Integer("hidden"), MinScale(d)));
        RegisterHead(nameof(BernoulliHead), d => new BernoulliHead(Outputs(d)));
        RegisterHead(nameof(BetaHead), d => new BetaHead(Outputs(d), MinWidth(d)));
        RegisterHead(nameof(BetaMixtureHead), d => new BetaMixtureHead(Components(d), Outputs(d), MinWidth(d)));
        RegisterHead(nameof(BinomialHead), d => new BinomialHead(d.Integer("trials"), Outputs(d)));
        RegisterHead(nameof(BinsHead), d => new BinsHead(d.Numbers("edges"), Outputs(d)));
        RegisterHead(nameof(CategoricalHead), d => new CategoricalHead(d.Integer("classes"), Outputs(d)));
        RegisterHead(nameof(DiagonalNormalHead), d => new DiagonalNormalHead(d.Integer("outputs"), MinScale(d)));
        RegisterHead(nameof(DiagonalNormalMixtureHead), d => new DiagonalNormalMixtureHead(Components(d), d.Integer("outputs"), MinScale(d)));
        RegisterHead(nameof(GammaHead), d => new GammaHead(Outputs(d), MinWidth(d)));
        RegisterHead(nameof(HurdleNegativeBinomialHead), d => new HurdleNegativeBinomialHead(Outputs(d)));
        RegisterHead(nameof(HurdlePoissonHead), d => new HurdlePoissonHead(Outputs(d)));
        RegisterHead(nameof(LaplaceHead), d => new LaplaceHead(Outputs(d), MinScale(d)));
        RegisterHead(nameof(LogisticHead), d => new LogisticHead(Outputs(d), MinScale(d)));
        RegisterHead(nameof(LogisticMixtureHead), d => new LogisticMixtureHead(Components(d), Outputs(d), MinScale(d)));
        RegisterHead(nameof(LogNormalHead), d => new LogNormalHead(Outputs(d), MinScale(d)));
        RegisterHead(nameof(LogNormalMixtureHead), d => new LogNormalMixtureHead(Components(d), Outputs(d), MinScale(d)));
        RegisterHead(nameof(LowRankNormalHead), d => new LowRankNormalHead(d.Integer("outputs"), d.Integer("rank"), MinScale(d)));
        RegisterHead(nameof(LowRankNormalMixtureHead), d => new LowRankNormalMixtureHead(
            Components(d), d.Integer("outputs"), d.Integer("rank"), MinScale(d)));
        RegisterHead(nameof(MeanSquaredErrorHead), d => new MeanSquaredErrorHead(Outputs(d)));
        RegisterHead(nameof(MultivariateNormalHead), d => new MultivariateNormalHead(d.Integer("outputs"), MinScale(d)));
        RegisterHead(nameof(MultivariateNormalMixtureHead), d => new MultivariateNormalMixtureHead(Components(d), d.Integer("outputs"), MinScale(d)));
        RegisterHead(nameof(NegativeBinomialHead), d => new NegativeBinomialHead(Outputs(d)));
        RegisterHead(nameof(NormalHead), d => new NormalHead(Outputs(d), MinScale(d)));
        RegisterHead(nameof(NormalMixtureHead), d => new NormalMixtureHead(Components(d), Outputs(d), MinScale(d)));
        RegisterHead(nameof(PoissonHead), d => new PoissonHead(Outputs(d)));
        RegisterHead(nameof(QuantileHead), d => new QuantileHead(d.Numbers("levels"), Outputs(d), d.Number("min_step")));
        RegisterHead(nameof(StudentTHead), d => new StudentTHead(Outputs(d), d.OptionalNumber("df"), d.Number("min_df"), MinScale(d)));
        RegisterHead(nameof(StudentTMixtureHead), d => new StudentTMixtureHead(
            Components(d), Outputs(d), d.OptionalNumber("df"), d.Number("min_df"), MinScale(d)));
        RegisterHead(nameof(VonMisesHead), d => new VonMisesHead(Outputs(d), MinWidth(d)));
        RegisterHead(nameof(VonMisesMixtureHead), d => new VonMisesMixtureHead(Components(d), Outputs(d), MinWidth(d)));
        RegisterHead(nameof(ZeroInflatedNegativeBinomialHead), d => new ZeroInflatedNegativeBinomialHead(Outputs(d)));
        RegisterHead(nameof(ZeroInflatedPoissonHead), d => new ZeroInflatedPoissonHead(Outputs(d)));
    }

    private static int Components(LayerDescription d) => d.Integer("components");

    private static int? Outputs(LayerDescription d) => d.OptionalInteger("outputs");

    private static double MinScale(LayerDescription d) => d.Number("min_scale");

    private static double MinWidth(LayerDescription d) => d.Number("min_width");
}
