using Lucene.Net.Documents;
using Lucene.Net.Index;
using Lucene.Net.Store;
using Lucene.Net.Util;
using SearchService.Retrieval.Columns;
using SearchService.Retrieval.Postings;
using SearchService.Retrieval.Tests.Postings;

namespace SearchService.Retrieval.Tests.Columns;

/// <summary>
/// Kept columns that are damaged, read without checksums: the damage is named, or it changes nothing but which documents have which values. Nothing is read
/// outside of the file (it ends the process), and no counter is touched that is not there.
/// </summary>
public sealed class DamagedColumnsTests
{
    private const int Documents = 3_000;
    private const int Cases = 600;

    private static readonly string[] Fields = ["narrow", "wide", "words", "lists"];

    [SkippableFact]
    public void Damage_at_random_is_named_or_harmless()
    {
        Skip.IfNot(OperatingSystem.IsLinux(), "pages are protected by mprotect");
        using RAMDirectory sound = Index();
        using GuardedDirectory directory = new(sound);
        string file = directory.ListAll().Single(f => f.EndsWith(ColumnFile.Extension, StringComparison.Ordinal));
        int named = 0;
        for (int seed = 0; seed < Cases; seed++)
        {
            Random random = new(seed);
            byte[] bytes = (byte[])directory.Sound(file).Clone();
            Damage(random, ref bytes);
            directory.Put(file, bytes, atEnd: random.Next(4) > 0);
            try
            {
                using DirectoryReader reader = DirectoryReader.Open(directory);
                AtomicReader segment = reader.Leaves.Single().AtomicReader;
                foreach (string field in Fields)
                {
                    named += Use(segment, field) ? 0 : 1;
                }
            }
            catch (IOException)
            {
                // Lucene's own for a wrong header, or what it derives from that
                named++;
            }
        }

        Assert.InRange(named, Cases / 2, Cases * Fields.Length);
    }

    private static void Damage(Random random, ref byte[] bytes)
    {
        switch (random.Next(8))
        {
            case 0:
                bytes = bytes[..random.Next(bytes.Length)];
                break;
            case 1:
                bytes.AsSpan(random.Next(bytes.Length - 20), random.Next(1, 20)).Fill((byte)(random.Next(2) * 0xFF));
                break;
            case 2:
                // the table and the pointer to it
                bytes[^random.Next(1, 60)] ^= (byte)random.Next(1, 256);
                break;
            default:
                for (int i = random.Next(1, 4); i > 0; i--)
                {
                    bytes[random.Next(bytes.Length)] ^= (byte)(1 << random.Next(8));
                }

                break;
        }
    }

    /// <summary>Loads a column and counts with it; false where its damage is named.</summary>
    private static bool Use(AtomicReader segment, string field)
    {
        ValueColumn column;
        try
        {
            column = ValueColumn.Load(segment, field);
        }
        catch (CorruptIndexException)
        {
            return false;
        }

        DocBits some = DocBits.All(column.Length);
        some.Remove(7);
        using CountedDocuments most = new([some]);
        ValueField values = new([column]);
        foreach (ValueCount counted in values.Top(most, int.MaxValue))
        {
            Assert.InRange(column.Documents(column.Values.Find(counted.Value)), counted.Count, counted.Count + 1);
        }

        values.Count(most, 10, [], null);
        for (int ordinal = 0; ordinal < column.Values.Count; ordinal += 1 + (ordinal / 4))
        {
            DocBits found = new(column.Length);
            column.Collect([ordinal], found);
            Assert.Equal(column.Documents(ordinal), found.Count());
        }

        return true;
    }

    private static RAMDirectory Index()
    {
        RetrievalCodec.Register();
        RAMDirectory directory = new();
        string[][][] fields =
        [
            ColumnFileTests.Values(Documents, 6, 2),
            ColumnFileTests.Values(Documents, 25, 2),
            ColumnFileTests.Values(Documents, 700, 3),
            ColumnFileTests.Values(Documents, 300, 30),
        ];
        using IndexWriter writer = new(directory, new IndexWriterConfig(LuceneVersion.LUCENE_48, null) { Codec = new RetrievalCodec(), UseCompoundFile = false });
        for (int doc = 0; doc < Documents; doc++)
        {
            Document document = [];
            for (int i = 0; i < fields.Length; i++)
            {
                foreach (string value in fields[i][doc])
                {
                    document.Add(new StringField(Fields[i], value, Field.Store.NO));
                }
            }

            writer.AddDocument(document);
        }

        return directory;
    }
}
