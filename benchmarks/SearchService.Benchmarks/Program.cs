using SearchService.Benchmarks.Peers;

// build CORPUS.ndjson OUT THREADS SEGMENTS   writes the index of a bench corpus, in the order of time
// serve INDEX QUERIES.tsv                    answers the line protocol of the comparison with other engines
switch (args)
{
    case ["build", string corpus, string target, string threads, string segments]:
        PeerIndex.Build(corpus, target, int.Parse(threads, System.Globalization.CultureInfo.InvariantCulture), int.Parse(segments, System.Globalization.CultureInfo.InvariantCulture));
        return 0;
    case ["serve", string index, string queries]:
        using (PeerEngine engine = PeerEngine.Open(index))
        {
            PeerProtocol.Serve(engine, PeerQuery.Load(queries), Console.In, Console.Out);
        }

        return 0;
    default:
        Console.Error.WriteLine("want: build CORPUS OUT THREADS SEGMENTS | serve INDEX QUERIES");
        return 2;
}
