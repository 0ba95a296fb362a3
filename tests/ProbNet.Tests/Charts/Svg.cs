using System.Globalization;
using System.Text.RegularExpressions;
using System.Xml.Linq;

namespace ProbNet.Tests.Charts;

/// <summary>Reads drawn figures back as XML.</summary>
internal static partial class Svg
{
    public static readonly XNamespace Namespace = "http://www.w3.org/2000/svg";

    public static XElement Parse(string svg) => XDocument.Parse(svg).Root!;

    public static IEnumerable<XElement> Named(this XElement root, string name) => root.Descendants(Namespace + name);

    /// <summary>The drawing of the layer with a label.</summary>
    public static XElement Layer(this XElement root, string label) =>
        root.Named("g").Single(g => g.Element(Namespace + "title")?.Value == label);

    public static string Path(this XElement layer, int index = 0) => layer.Elements(Namespace + "path").ElementAt(index).Attribute("d")!.Value;

    public static double Number(this XElement element, string attribute) =>
        double.Parse(element.Attribute(attribute)!.Value, CultureInfo.InvariantCulture);

    /// <summary>The labels of the ticks: of x, of y, and of the colour bar where there is one.</summary>
    public static string[][] TickLabels(this XElement root) =>
        [.. root.Named("g").Where(g => g.Attribute("class")?.Value == "tick").Select(g => g.Elements().Select(t => t.Value).ToArray())];

    /// <summary>How often a path starts anew.</summary>
    public static int Pieces(string path) => path.Count(c => c == 'M');

    /// <summary>All attributes of geometry hold nothing but finite numbers and path letters.</summary>
    public static void AssertFinite(XElement root)
    {
        foreach (XAttribute attribute in root.DescendantsAndSelf().Attributes())
        {
            if (attribute.Name.LocalName is "d" or "x" or "y" or "width" or "height" or "viewBox" or "transform" or "cx" or "cy")
            {
                Assert.Matches(Geometry(), attribute.Value);
            }
        }
    }

    [GeneratedRegex(@"^([MLHVZhvz ,()-]|translate|rotate|\d+(\.\d)?)*$")]
    private static partial Regex Geometry();
}
