using System.Globalization;

namespace SearchService.Evaluation;

/// <summary>
/// What quality must not fall below. A floor sinks only with a reason in the commit that lowers it; measured values stand in
/// README.md.
/// </summary>
internal static class Floors
{
    public const double SampleHeadline = 0.99;
    public const double SampleDate = 0.99;
    public const double SampleLocation = 0.99;
    public const double SampleSource = 0.99;
    public const double SampleCountries = 0.89;
    public const double SamplePeople = 0.988;

    public const double ReutersDate = 0.999;
    public const double ReutersDatelineDay = 0.992;
    public const double ReutersDatelineCountry = 0.992;
    public const double ReutersPlaces = 0.932;
    public const double ReutersSurnames = 0.928;

    public const double WikinewsPeople = 0.955;
    public const double WikinewsAbout = 0.884;

    /// <summary>Whether a value holds its floor; says so where it does not.</summary>
    public static bool Hold(TextWriter output, string name, double value, double floor)
    {
        if (value >= floor)
        {
            return true;
        }

        output.WriteLine(string.Create(CultureInfo.InvariantCulture, $"  BELOW FLOOR: {name} is {value:0.0000}, wanted at least {floor:0.0000}"));
        return false;
    }
}
