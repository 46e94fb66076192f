package io.understudy.fuzz;

import java.util.List;

/**
 * What the sample estate and its runs are called, and values in the forms that the contract asks
 * for.
 */
final class Words {

    static final List<String> OF_AN_ESTATE =
            List.of(
                    "contoso",
                    "redmond",
                    "dublin",
                    "be1",
                    "be2",
                    "pool1.contoso.com",
                    "pool2.contoso.com",
                    "fe1.contoso.com",
                    "sql1.contoso.com",
                    "rtc",
                    "rtcxds",
                    "o-redmond",
                    "o-dublin",
                    "site:dublin",
                    "store:be1",
                    "pool:pool1.contoso.com",
                    "sql:sql1.contoso.com/rtc",
                    "server:fe1.contoso.com",
                    "fileStore:pool1.contoso.com",
                    "observer:o-dublin",
                    "estate",
                    "0123456789abcdef",
                    "61a95a5ffe2d315f",
                    "2026-11-21T10:00:00Z",
                    "2026-11-21T11:00:00.123456789+02:00",
                    "2999-01-01T00:00:00Z",
                    "1970-01-01T00:00:00Z",
                    "0001-01-01T00:00:00Z",
                    "2026-12-06T22:00:00",
                    "PT0S",
                    "PT2S",
                    "PT30M",
                    "P1D",
                    "P999999DT999999H",
                    "FREQ=MONTHLY;BYDAY=1SU",
                    "Europe/Dublin",
                    "env:UNDERSTUDY_SECRET_DUBLIN",
                    "simulator",
                    "powershell",
                    "ms2.contoso.com",
                    "a");

    private Words() {}
}
