using System.Collections.Frozen;

namespace SearchService.Evaluation;

/// <summary>The country tags of Reuters-21578 as ISO 3166-1 codes; former countries by their main successor.</summary>
internal static class ReutersPlaces
{
    private const string Table =
        "afghanistan AF algeria DZ american-samoa AS angola AO anguilla AI antigua AG argentina AR aruba AW australia AU austria AT bahamas BS bahrain BH " +
        "bangladesh BD barbados BB belgium BE belize BZ benin BJ bermuda BM bhutan BT bolivia BO botswana BW brazil BR british-virgin-islands VG brunei BN " +
        "bulgaria BG burkina-faso BF burma MM burundi BI cameroon CM canada CA cape-verde CV cayman-islands KY central-african-republic CF chad TD chile CL " +
        "china CN colombia CO congo CG cook-islands CK costa-rica CR cuba CU cyprus CY czechoslovakia CZ denmark DK djibouti DJ dominican-republic DO " +
        "east-germany DE ecuador EC egypt EG el-salvador SV equatorial-guinea GQ ethiopia ET fiji FJ finland FI france FR french-guiana GF gabon GA gambia GM " +
        "ghana GH gibraltar GI greece GR greenland GL grenada GD guadeloupe GP guam GU guatemala GT guinea GN guinea-bissau GW guyana GY haiti HT honduras HN " +
        "hong-kong HK hungary HU iceland IS india IN indonesia ID iran IR iraq IQ ireland IE israel IL italy IT ivory-coast CI jamaica JM japan JP jordan JO " +
        "kampuchea KH kenya KE kiribati KI kuwait KW laos LA lebanon LB lesotho LS liberia LR libya LY liechtenstein LI luxembourg LU macao MO madagascar MG " +
        "malawi MW malaysia MY maldives MV mali ML malta MT martinique MQ mauritania MR mauritius MU mexico MX monaco MC mongolia MN montserrat MS morocco MA " +
        "mozambique MZ namibia NA nepal NP netherlands NL netherlands-antilles AN new-caledonia NC new-zealand NZ nicaragua NI niger NE nigeria NG " +
        "north-korea KP norway NO oman OM pakistan PK panama PA papua-new-guinea PG paraguay PY peru PE philippines PH poland PL portugal PT puerto-rico PR " +
        "qatar QA reunion-island RE romania RO rwanda RW saint-lucia LC san-marino SM sao-tome-and-principe ST saudi-arabia SA senegal SN seychelles SC " +
        "sierra-leone SL singapore SG solomon-islands SB somalia SO south-africa ZA south-korea KR spain ES sri-lanka LK sudan SD suriname SR swaziland SZ " +
        "sweden SE switzerland CH syria SY taiwan TW tanzania TZ thailand TH togo TG tonga TO trinidad-tobago TT tunisia TN turkey TR uae AE uganda UG uk GB " +
        "uruguay UY us-virgin-islands VI usa US ussr RU vanuatu VU vatican VA venezuela VE vietnam VN west-germany DE western-samoa WS yemen-arab-republic YE " +
        "yemen-demo-republic YE yugoslavia RS zaire CD zambia ZM zimbabwe ZW";

    private static readonly FrozenDictionary<string, string> Codes = Table.Split(' ').Chunk(2).ToFrozenDictionary(p => p[0], p => p[1], StringComparer.Ordinal);

    /// <summary>The code of a tag; null for a tag that names no country.</summary>
    public static string? CodeOf(string tag) => Codes.GetValueOrDefault(tag);
}
