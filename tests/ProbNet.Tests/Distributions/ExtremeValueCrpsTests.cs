using ProbNet.Autodiff;
using ProbNet.Distributions;

namespace ProbNet.Tests.Distributions;

/// <summary>The CRPS of the generalised extreme value distribution through its Gumbel limit.</summary>
public class ExtremeValueCrpsTests
{
    // mpmath 1.3, 60 digits: ∫ (F(s) − 1{s ≥ z})² ds and its derivatives in z and ξ under the integral.
    [Theory]
    [InlineData(0, -2.5, 2.3840692649852583, -0.99998976141140266, 0.3487000746937139)]
    [InlineData(0, -0.3, 0.43495640609571023, -0.48144626801834486, 0.15626294551669864)]
    [InlineData(0, 0.4, 0.27528493951409322, 0.023089667378083191, 0.145529361790095)]
    [InlineData(0, 3, 1.8279855003946128, 0.90286398580090681, -0.79826182389770682)]
    [InlineData(0, 150, 148.72963715453852, 1.0, -1.629377912988605)]
    [InlineData(1e-12, -2.5, 2.384069264985607, -0.99998976141140305, 0.34870007469377068)]
    [InlineData(1e-12, 0.4, 0.27528493951423875, 0.023089667378028327, 0.14552936179029581)]
    [InlineData(-1e-12, -2.5, 2.3840692649849096, -0.99998976141140227, 0.34870007469365712)]
    [InlineData(-1e-12, 0.4, 0.27528493951394769, 0.023089667378138055, 0.14552936178989419)]
    [InlineData(1e-6, -2.5, 2.3840696136853614, -0.99998976180118257, 0.34870013147266713)]
    [InlineData(1e-6, -0.3, 0.43495656235875518, -0.48144629951719541, 0.1562631443697781)]
    [InlineData(1e-6, 0.4, 0.27528508504355541, 0.023089612514296063, 0.14552956259884858)]
    [InlineData(1e-6, 3, 1.8279847021332368, 0.90286355947976089, -0.79826092822176374)]
    [InlineData(1e-6, 150, 148.72963552515882, 1.0, -1.6293814874083995)]
    [InlineData(-1e-6, -2.5, 2.384068916285212, -0.99998976102161042, 0.34870001791516178)]
    [InlineData(-1e-6, -0.3, 0.43495624983286414, -0.4814462365195064, 0.15626274666392757)]
    [InlineData(-1e-6, 0.4, 0.27528479398483183, 0.023089722241898133, 0.14552916098164731)]
    [InlineData(-1e-6, 3, 1.8279862986568846, 0.90286441212193509, -0.79826271957286443)]
    [InlineData(-1e-6, 150, 148.72963878391465, 1.0, -1.6293743385801504)]
    [InlineData(1e-3, -2.5, 2.3844179935162416, -0.99999014508644853, 0.34875705424700121)]
    [InlineData(1e-3, -0.3, 0.43511276851911522, -0.4814777729159702, 0.15646195274674373)]
    [InlineData(1e-3, 0.4, 0.27543056933119483, 0.023034817479926323, 0.14573032345223179)]
    [InlineData(1e-3, 3, 1.8271876865389568, 0.90243760638937371, -0.79736575739260754)]
    [InlineData(1e-3, 150, 148.72800598752653, 1.0, -1.6329580048862966)]
    [InlineData(-1e-3, -2.5, 2.3837205932331497, -0.99998936541405972, 0.34864349625362742)]
    [InlineData(-1e-3, -0.3, 0.43480024252528612, -0.48141477522435125, 0.15606424667380296)]
    [InlineData(-1e-3, 0.4, 0.27513951050564798, 0.023144545089936738, 0.14532870602798896)]
    [InlineData(-1e-3, 3, 1.8287842099249263, 0.90329024756372685, -0.79915710492149448)]
    [InlineData(-1e-3, 150, 148.73126474713251, 1.0, -1.6258091610991392)]
    [InlineData(0.009, -2.5, 2.3872099143265971, -0.99999280569824123, 0.34922750314510264)]
    [InlineData(0.009, -0.3, 0.43637086380111349, -0.48173024876942121, 0.15806519306114416)]
    [InlineData(0.009, 0.4, 0.2766028738690789, 0.022597016736919749, 0.14734910988626566)]
    [InlineData(0.009, 3, 1.8208375113984033, 0.89902268956335319, -0.79017020458234452)]
    [InlineData(0.009, 150, 148.71482659888039, 1.0, -1.6620126386245721)]
    [InlineData(-0.009, -2.5, 2.3809332155234078, -0.99998571645945795, 0.34820512979930668)]
    [InlineData(-0.009, -0.3, 0.43355805584207487, -0.48116326766532861, 0.15448567826174652)]
    [InlineData(-0.009, 0.4, 0.27398327102149206, 0.023584570944392092, 0.14373439252508216)]
    [InlineData(-0.009, 3, 1.8352060332502695, 0.90669574007167942, -0.8062897596517565)]
    [InlineData(-0.009, 150, 148.74415815716413, 1.0, -1.59766185571948)]
    [InlineData(0.049, -2.5, 2.401231920518653, -0.99999888001259935, 0.35198967174180035)]
    [InlineData(0.049, -0.3, 0.44285822469836063, -0.48300439711652509, 0.16639046756094713)]
    [InlineData(0.049, 0.4, 0.28266311192754916, 0.020434271239673344, 0.15574975806977797)]
    [InlineData(0.049, 3, 1.7899589987258317, 0.88188669374200277, -0.75361658966580925)]
    [InlineData(0.049, 150, 148.64527241402063, 1.0, -1.8191122460187977)]
    [InlineData(-0.049, -2.5, 2.3670436397709066, -0.99994882037032609, 0.34636779255202793)]
    [InlineData(-0.049, -0.3, 0.42753235411374163, -0.47991720319935367, 0.14687668908261355)]
    [InlineData(-0.049, 0.4, 0.2683892300988507, 0.025811858179901422, 0.1360442580134994)]
    [InlineData(-0.049, 3, 1.8681573320540112, 0.92354770582374526, -0.84096775105398384)]
    [InlineData(-0.049, 150, 148.80539727818406, 1.0, -1.4669848726988896)]
    [InlineData(0.2, -2.5, 2.4555533522784093, -0.99999999999997467, 0.36948707464394575)]
    [InlineData(0.2, 0.4, 0.30886455718033925, 0.012643241953247571, 0.19283171336098896)]
    [InlineData(0.2, 3, 1.6868038968660333, 0.81807772691373629, -0.61236475873000692)]
    [InlineData(0.2, 150, 148.31325892205638, 0.99999993014113604, -2.6537603252935046)]
    [InlineData(-0.2, -2.5, 2.3150558593711659, -0.99899282190052609, 0.34275536561535232)]
    [InlineData(-0.2, 0.4, 0.24982781046077304, 0.034652537052074198, 0.11069571235206349)]
    [InlineData(-0.2, 3, 2.0033692257856363, 0.97962450060044506, -0.93601813475239684)]
    [InlineData(-0.2, 150, 148.99656157948503, 1.0, -1.0918209661619489)]
    public void Crps_AtAndNearTheGumbelLimit_HasTheReferenceValueAndGradient(double xi, double z, double expected, double byValue, double byShape)
    {
        // Of a dozen terms of the order of 1 + |z|; ln Γ(1 − ξ)/ξ at ξ of 0.01 and more is known to 1e-16/ξ.
        double tolerance = 1e-14 * (1 + Math.Abs(z)), ofShape = tolerance + (Math.Abs(xi) < 0.01 ? 0 : 1e-14 / Math.Abs(xi));
        (Tensor score, Tensor[] gradients) = Gradient.ValueAndGradient(
            p => new GeneralizedExtremeValue(Tensor.From(0.0), 1, p[1]).Crps(p[0]), Tensor.From(z), Tensor.From(xi));
        Assert.Equal(expected, score.ToScalar(), tolerance);
        Assert.Equal(byValue, gradients[0].ToScalar(), tolerance);
        Assert.Equal(byShape, gradients[1].ToScalar(), ofShape);
        Assert.Equal(Evidence.Exact, new GeneralizedExtremeValue(Tensor.From(0.0), 1, xi).CrpsEvidence);

        // In Float32 to its rounding of the arguments and the result.
        Tensor single = new GeneralizedExtremeValue(Tensor.From(0f), 1, (float)xi).Crps(Tensor.From((float)z));
        Assert.Equal(expected, single.ToScalar(), 6e-7 * (1 + Math.Abs(z)));
    }

    [Theory]
    [InlineData(0)]
    [InlineData(-1e-6)]
    [InlineData(0.009)]
    [InlineData(-0.1)]
    [InlineData(0.249)]
    [InlineData(0.3)]
    [InlineData(-0.3)]
    public void Crps_BelowAtAndBeyondTheEnds_HasTheRightGradientsOfBothOrders(double xi)
    {
        // The last is beyond the upper end for ξ = −0.1 and −0.3, the first beyond the lower one for 0.249 and 0.3.
        Tensor z = Tensor.From(-4.5, -1.7, -0.001, 0.6, 4, 13);
        GradientCheck.Run(
            p => new GeneralizedExtremeValue(p[2], p[3], p[1]).Crps(p[0]), new GradientCheckOptions { Tolerance = 1e-5, Step = 1e-4 },
            z, Tensor.From(xi), Tensor.From(0.1), Tensor.From(1.1)).ThrowIfFailed();
    }

    [Fact]
    public void Crps_OnBothSidesOfTheSwitchBetweenFormulas_IsTheSame()
    {
        // A step of 2e-12 in ξ moves the score by 1e-11 at most: its derivative is below 3 at these points.
        Tensor z = Tensor.From(-2.5, 0.4, 3, 30);
        foreach (double edge in new[] { -0.25, 0.25 })
        {
            Tensor inner = Score(edge * (1 - 4e-12)), outer = Score(edge * (1 + 4e-12));
            BatteryTests.AssertClose(outer, inner, 1e-11, 1e-12);
        }

        Tensor Score(double xi) => new GeneralizedExtremeValue(Tensor.From(0.0), 1, xi).Crps(z);
    }
}
