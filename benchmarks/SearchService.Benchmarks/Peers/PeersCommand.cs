using System.Globalization;

namespace SearchService.Benchmarks.Peers;

/// <summary>The two commands that the comparison with other engines calls.</summary>
internal static class PeersCommand
{
    public static int Run(string[] args)
    {
        switch (args)
        {
            case ["build", string corpus, string target, string threads, string segments]:
                PeerIndex.Build(corpus, target, int.Parse(threads, CultureInfo.InvariantCulture), int.Parse(segments, CultureInfo.InvariantCulture));
                return 0;
            case ["serve", string index, string queries]:
                using (PeerEngine engine = PeerEngine.Open(index))
                {
                    PeerProtocol.Serve(engine, PeerQuery.Load(queries), Console.In, Console.Out);
                }

                return 0;
            default:
                throw new ArgumentException("want: build CORPUS OUT THREADS SEGMENTS | serve INDEX QUERIES", nameof(args));
        }
    }
}
