using System.Text;
using System.Text.Json;
using SearchService.Archive.Reading;

namespace SearchService.Archive.Tests.Reading;

public class JsonCutterTests
{
    [Fact]
    public void Pieces_OfRandomArrays_AreTheElementsTheParserSees()
    {
        var random = new Random(20181121);
        for (int round = 0; round < 300; round++)
        {
            string json = "[" + string.Join(" ,\n", Enumerable.Range(0, random.Next(6)).Select(_ => RandomObject(random, 4))) + "]";
            string[] expected = [.. JsonDocument.Parse(json).RootElement.EnumerateArray().Select(e => e.GetRawText())];
            var content = new DripStream(Encoding.UTF8.GetBytes(json), random.Next(1, 9));
            string[] pieces = [.. new JsonCutter(content, new ReadingOptions()).Pieces().Select(p => Encoding.UTF8.GetString(p.Bytes!))];
            Assert.Equal(expected, pieces);
        }
    }

    [Theory]
    [InlineData("{\"a\":\"x\\\\\\\"]}\",\"b\":[1,{\"c\":[]}]} {}", "{\"a\":\"x\\\\\\\"]}\",\"b\":[1,{\"c\":[]}]}", "{}")]
    [InlineData(
        "{\"meta\":{\"n\":1},\"response\":{\"status\":\"ok\",\"results\":[ {\"t\":1} , {\"t\":2} ],\"x\":{}},\"y\":1}{\"z\":1}",
        "{\"t\":1}", "{\"t\":2}", "{\"z\":1}")]
    public void Pieces_WhateverTheChunks_AreTheSame(string json, params string[] expected)
    {
        for (int chunk = 1; chunk < 12; chunk++)
        {
            var content = new DripStream(Encoding.UTF8.GetBytes(json), chunk);
            Assert.Equal(expected, new JsonCutter(content, new ReadingOptions()).Pieces().Select(p => Encoding.UTF8.GetString(p.Bytes!)));
        }
    }

    private static string RandomObject(Random random, int depth) =>
        "{" + string.Join(',', Enumerable.Range(0, random.Next(4)).Select(i => $"\"k{i}\":{RandomValue(random, depth - 1)}")) + "}";

    private static string RandomValue(Random random, int depth) => random.Next(depth > 0 ? 6 : 4) switch
    {
        0 => random.Next(1000).ToString(System.Globalization.CultureInfo.InvariantCulture),
        1 => "null",
        2 => JsonSerializer.Serialize(new string([.. Enumerable.Range(0, random.Next(8)).Select(_ => "\"\\[]{},:é\n x"[random.Next(12)])])),
        3 => "\"plain\"",
        4 => "[" + string.Join(',', Enumerable.Range(0, random.Next(4)).Select(_ => RandomValue(random, depth - 1))) + "]",
        _ => RandomObject(random, depth),
    };
}
