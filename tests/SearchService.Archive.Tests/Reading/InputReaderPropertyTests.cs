using System.IO.Compression;
using System.Text;
using SearchService.Archive.Reading;

namespace SearchService.Archive.Tests.Reading;

public class InputReaderPropertyTests
{
    private static readonly string[] Names = ["a", "a.txt", "a.json", "a.ndjson", "a.sgm", "a.txt.gz", "a.json.zst"];

    private static readonly string[] Seeds =
    [
        "Headline\n\nBaku, Azerbaijan, Nov. 21\n\nText – with “signs”.",
        "{\"articles\":[{\"title\":\"t\\u00e9\\ud83d\",\"body\":[\"b\",{\"text\":\"c\"}],\"tags\":\"x;y\"}],\"n\":1e5}",
        "{\"title\":\"t\"}\n{\"title\":\"u\",\"date\":1161382500}\n",
        "<REUTERS NEWID=\"1\"><DATE>1</DATE><TOPICS><D>a</D></TOPICS><TEXT><TITLE>t &lt;</TITLE><BODY>b &#3;</BODY></TEXT></REUTERS>",
        "\uFEFF[{\"_source\":{\"title\":\"t\"},\"_id\":{\"$oid\":\"1\"}}]",
    ];

    [Fact]
    public void Read_RandomBytes_NeverThrowsAndAlwaysAnswers()
    {
        var random = new Random(1);
        for (int round = 0; round < 3000; round++)
        {
            byte[] content = new byte[random.Next(200)];
            random.NextBytes(content);
            AssertAnswers(Names[random.Next(Names.Length)], content);
        }
    }

    [Fact]
    public void Read_MutatedInputs_NeverThrowsAndAlwaysAnswers()
    {
        var random = new Random(2);
        for (int round = 0; round < 5000; round++)
        {
            byte[] content = Encode(random, Seeds[random.Next(Seeds.Length)]);
            for (int change = random.Next(4); change >= 0; change--)
            {
                content = Mutate(random, content);
            }

            AssertAnswers(Names[random.Next(Names.Length)], content);
        }
    }

    private static void AssertAnswers(string name, byte[] content)
    {
        List<ReadResult> results = Reader.Read(name, new DripStream(content, 1 + (content.Length / 3)));
        Assert.NotEmpty(results);
        foreach (ReadResult result in results)
        {
            Assert.False(result is ReadResult.Rejected { Kind: RejectKind.Failed }, $"{Reader.Print(result)} for {name}: {Convert.ToHexString(content)}");
            if (result is ReadResult.Read { Article: var article })
            {
                // What is read can be written: no half surrogate pairs.
                string text = article.Declared.Headline + article.Body + article.SourceText + string.Concat(article.Declared.Subjects);
                Assert.Equal(text, Encoding.UTF8.GetString(Encoding.UTF8.GetBytes(text)));
            }
        }
    }

    private static byte[] Encode(Random random, string text)
    {
        byte[] bytes = random.Next(4) == 0 ? Encoding.Unicode.GetBytes(text) : Encoding.UTF8.GetBytes(text);
        if (random.Next(4) > 0)
        {
            return bytes;
        }

        var packed = new MemoryStream();
        using (var packing = new GZipStream(packed, CompressionLevel.Fastest, leaveOpen: true))
        {
            packing.Write(bytes);
        }

        return packed.ToArray();
    }

    private static byte[] Mutate(Random random, byte[] content)
    {
        int at = random.Next(content.Length + 1);
        int end = Math.Min(content.Length, at + random.Next(1, 12));
        return random.Next(4) switch
        {
            0 => [.. content[..at], .. content[end..]],
            1 => [.. content[..end], .. content[at..]],
            2 => [.. content[..at], (byte)"\"\\{}[],:<>&;\0\n\r\u007F"[random.Next(16)], .. content[at..]],
            _ => [.. content[..at], (byte)random.Next(256), .. content[end..]],
        };
    }
}
