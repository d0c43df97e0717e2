using System.IO.Compression;
using System.Text;

namespace SearchService.Evaluation.DataFiles;

/// <summary>
/// Writes the packed data files of the extractor from the collections of SEARCHSERVICE_DATA:
/// <c>dotnet run --project benchmarks/SearchService.Evaluation -- build-data DATA OUT</c>.
/// The same collections give the same files.
/// </summary>
internal static class DataFileBuilder
{
    public static int Run(string data, string output)
    {
        string gazetteer = Path.Combine(data, "gazetteer");
        IReadOnlySet<string> common = WordFiles.CommonWords(Path.Combine(data, "ner"));
        HashSet<string> names = new(StringComparer.Ordinal);
        foreach (string list in (string[])["first_us.txt", "last_us.txt", "first_all.txt"])
        {
            names.UnionWith(File.ReadLines(Path.Combine(gazetteer, list)).Select(n => n.Trim().ToLowerInvariant()));
        }

        Write("places.tsv.gz", PlacesFile.Make(Path.Combine(gazetteer, "geonames_cities5000.tsv"), common, names));
        Write("names.txt.gz", WordFiles.Names(gazetteer, Path.Combine(data, "ner"), common));
        Write("common-words.txt.gz", "[common]\n" + string.Join('\n', common.Order(StringComparer.Ordinal)) + "\n");
        return 0;

        void Write(string name, string text)
        {
            string path = Path.Combine(output, name);
            using (GZipStream packed = new(File.Create(path), CompressionLevel.SmallestSize))
            {
                packed.Write(Encoding.UTF8.GetBytes(text));
            }

            Console.WriteLine($"{path}: {text.Length:N0} characters, {new FileInfo(path).Length:N0} bytes packed");
        }
    }
}
