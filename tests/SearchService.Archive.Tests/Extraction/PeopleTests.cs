namespace SearchService.Archive.Tests.Extraction;

public class PeopleTests
{
    [Theory]
    // Titles, honorifics, offices.
    [InlineData("Mr. Baker spoke on Monday.", "Baker")]
    [InlineData("President Reagan spoke on Monday.", "Reagan")]
    [InlineData("Talks with Security Minister Chuti Krairiksh went on.", "Chuti Krairiksh")]
    [InlineData("CSTO Secretary General Imangali Tasmagambetov spoke.", "Imangali Tasmagambetov")]
    [InlineData("Treasury Secretary James Baker met the press.", "James Baker")]
    [InlineData("President`s Assistant for Work with Law Bodies, department head Fuad Karimov spoke.", "Fuad Karimov")]
    [InlineData("The acting Secretary General of the Treaty Organization (CSTO) Valentina Petrenko spoke.", "Valentina Petrenko")]
    [InlineData("Sir Edmund Hillary climbed it.", "Edmund Hillary")]
    // Shapes of names.
    [InlineData("Kim Hyun-sook met Jean-Claude Juncker.", "Kim Hyun-sook; Jean-Claude Juncker")]
    [InlineData("President Abdel Fattah al-Sisi met Ursula von der Leyen.", "Abdel Fattah al-Sisi; Ursula von der Leyen")]
    [InlineData("Prime Minister U. Khurelsukh met J.D. Vance and Paul P. Kennedy.", "U. Khurelsukh; J.D. Vance; Paul P. Kennedy")]
    [InlineData("Lech Wałęsa met Eldar Məmmədov in Gdansk.", "Lech Wałęsa; Eldar Məmmədov")]
    [InlineData("Eamon O'Brien, 45, owns the farm.", "Eamon O'Brien")]
    [InlineData("Robert Jones Jr. won.", "Robert Jones Jr.")]
    // Resolution inside the document.
    [InlineData("Nikolai Orlov arrived. Orlov said that talks were on.", "Nikolai Orlov:2")]
    [InlineData("Recep Tayyip Erdogan arrived. Erdogan said so, and Mr. Erdogan left.", "Recep Tayyip Erdogan:3")]
    [InlineData("Martin T. Sosnoff sold. Martin Sosnoff said why.", "Martin T. Sosnoff:2")]
    [InlineData("James Baker met Howard Baker. Baker said little.", "Howard Baker:2; James Baker")]
    [InlineData("Abdel Fattah al-Sisi spoke. Al-Sisi's visit ended.", "Abdel Fattah al-Sisi:2")]
    [InlineData("Donald Trump left. The Trump administration said nothing.", "Donald Trump:2")]
    [InlineData("The Trump administration said nothing.", "")]
    [InlineData("Hatta met Sukarto at noon. Sukarto read the text in front of his house.", "Sukarto:2")]
    [InlineData("Nokia met Texaco at noon. Texaco said it would pay.", "")]
    [InlineData("Pope Leo met King Idris I and Queen Anna.", "Pope Leo; Idris I; Queen Anna")]
    [InlineData("Edmund \"Pat\" Brown won. Zayed bin Sultan Al Nahyan came.", "Edmund \"Pat\" Brown; Zayed bin Sultan Al Nahyan")]
    [InlineData("Secretary of State Condoleezza Rice met Bill Gates and Jan Egeland.", "Condoleezza Rice; Bill Gates; Jan Egeland")]
    [InlineData("Mr. Van Biljon met then-President John F. Kennedy and Minister-elect Tony Abbott MP.", "Van Biljon; John F. Kennedy; Tony Abbott")]
    // Namesakes: by title, else no relative of another, else the one named last.
    [InlineData("Nelson Mandela walked free. His wife Winnie Mandela stood at his side. Mandela said little.", "Nelson Mandela:2; Winnie Mandela")]
    [InlineData("Ann Ortega beat her sister, Rosa Ortega. Ortega said little.", "Ann Ortega:2; Rosa Ortega")]
    [InlineData("Bill Clinton met Hillary Clinton. Mr. Clinton spoke, Mrs. Clinton did not.", "Bill Clinton:2; Hillary Clinton:2")]
    [InlineData("Hillary Clinton met Bill Clinton. Mrs. Clinton spoke. Clinton did not.", "Hillary Clinton:3; Bill Clinton")]
    // Names of one word.
    [InlineData("The Brazilian striker Garrinto scored twice.", "Garrinto")]
    [InlineData("The neighbour, whose president, Sukarto, was ill, said nothing. Its flag was sewn by his wife, Fatmara.", "Sukarto; Fatmara")]
    [InlineData("He thanked his wife Amila and the poet Firdosi.", "Amila; Firdosi")]
    [InlineData("Gamal Nasser of the United Arab Republic, Sukarto of Indonesia and Kwame Mensah of Ghana came.", "Gamal Nasser; Sukarto; Kwame Mensah")]
    [InlineData("It was hard, said Yachimov, who had seen it. Yachimov said she would stay.", "Yachimov:2")]
    [InlineData("Its rival Nokira and its owner Texara fell. Barola of Norway and Lukora of Russia rose.", "")]
    [InlineData("Rovira, who scored twice, beat Sentara.", "")]
    // Names that are words of other lists.
    [InlineData("Senator Rand Paul met Tim Sen, the prime minister, and Sun Hai-wen.", "Rand Paul; Tim Sen; Sun Hai-wen")]
    [InlineData("The Sen. Rand Corporation and Sun-dried fruit.", "")]
    [InlineData("The former military ruler Mengasha Haile Worku left. The podcaster Spike Novak came.", "Mengasha Haile Worku; Spike Novak")]
    [InlineData("He left under the George W. Hill administration.", "George W. Hill")]
    // Words before a name.
    [InlineData("The Mayor of London Boris Johnson met the President of India Pranab Mukherjee.", "Boris Johnson; Pranab Mukherjee")]
    [InlineData("Second-seeded Anna Novak beat pole-sitter Mario Rossi and Fifteen-year-old Eva Braun.", "Anna Novak; Mario Rossi; Eva Braun")]
    [InlineData("Bharat Ratna Lata Deshmukh sang for Pedro Martin Salazar.", "Lata Deshmukh; Pedro Martin Salazar")]
    [InlineData("They spoke of Martin Luther King and Kim Jong Il.", "Martin Luther King; Kim Jong Il")]
    // What is no person.
    [InlineData("Gazeta Krakowska, Deutsche Stimme and State-owned Kombinat wrote of it.", "")]
    [InlineData("George Washington was born here. Officials in Washington said so.", "George Washington")]
    [InlineData("Yuri Gagarin landed near the river. The leader spoke to Gagarin by telephone.", "Yuri Gagarin:2")]
    [InlineData("George Washington was born here. The road leads from Washington to the sea.", "George Washington")]
    [InlineData("Washington said that the talks in Washington, D.C. went on.", "")]
    [InlineData("Goldman Sachs and Merrill Lynch said profits rose.", "")]
    [InlineData("Shares of Hughes Inc. fell. Hughes said why.", "")]
    [InlineData("The Muhammad bin Abdulaziz Airport was closed.", "")]
    [InlineData("He won the Nobel Peace Prize at the White House for the United Nations.", "")]
    [InlineData("The “Islamic State” and Al-Qaeda were named by the Security Council.", "")]
    [InlineData("The Supreme Court met on Wall Street on Good Friday.", "")]
    [InlineData("Johns Hopkins University and the Clinton Foundation published it.", "")]
    [InlineData("They flew to Buenos Aires, San Jose and New York.", "")]
    [InlineData("Prime Minister of New Zealand. President of France. Russian President.", "")]
    public void Extract_People(string body, string expected) => Assert.Equal(expected, Sample.People(body));

    [Theory]
    [InlineData("Nikolai Orlov said that talks were on.", "ORLOV ARRIVES FOR TALKS IN BAKU", "Nikolai Orlov:2")]
    [InlineData("Nikolai Orlov said that talks were on.", "Orlov arrives for talks", "Nikolai Orlov:2")]
    [InlineData("", "TREASURY'S BAKER SAYS DOLLAR IS STABLE", "Baker")]
    [InlineData("", "OIL PRICES FALL AS OPEC MEETS IN VIENNA", "")]
    [InlineData("", "PRESIDENT REAGAN URGES TAX CUT", "Reagan")]
    [InlineData("", "LAWSON SAYS HE IS CONTENT", "Lawson")]
    [InlineData("", "TEXACO SAYS IT IS CONTENT", "")]
    [InlineData("", "PRESIDENT SAYS TAXES FALL", "")]
    [InlineData("Ann Ortega spoke. Ann Ortega left with Rosa Ortega.", "Ortega speaks", "Ann Ortega:3; Rosa Ortega")]
    public void Extract_PeopleOfHeadlines(string body, string headline, string expected) => Assert.Equal(expected, Sample.People(body, headline));

    [Fact]
    public void Extract_GermanNouns_AreNoNames()
    {
        const string German = "Der Deutsche Wetterdienst hat am Montag mitgeteilt, dass die Große Koalition in der Nähe von Berlin über das Neue Gesetz und die "
            + "Erneuerbare Energie berät. Wie der Sprecher sagte, ist das nicht einfach für die Bürger, die sich auf dem Land mit dem Auto bewegen. Angela Merkel kam auch.";
        Assert.Equal("Angela Merkel", Sample.People(German));
    }

    [Fact]
    public void Extract_FormsAreKept_TheNameFirst()
    {
        var person = Assert.Single(Sample.Extractor.Extract(Sample.Fields("Orlov came. Nikolai P. Orlov left. Nikolai Orlov said so.")).People);
        Assert.Equal("Nikolai P. Orlov", person.Name);
        Assert.Equal(["Nikolai P. Orlov", "Orlov", "Nikolai Orlov"], person.Forms);
        Assert.Equal(3, person.Mentions);
    }
}
