package io.understudy.adapter.webhook;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.understudy.outbound.Addresses;
import java.net.InetAddress;
import java.net.URI;
import java.net.UnknownHostException;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Where requests may go, by name and by address. */
class DestinationsTest {

    private static WebhookSettings.Allowed allowed(
            boolean plainText, boolean loopback, boolean privateNetworks, String... destinations) {
        return new WebhookSettings.Allowed(
                Set.of(destinations), plainText, loopback, privateNetworks);
    }

    private static final WebhookSettings.Allowed STRICT =
            allowed(false, false, false, "hooks.contoso.com:443", ".fabrikam.com");

    private static Optional<String> at(WebhookSettings.Allowed allowed, String... addresses)
            throws UnknownHostException {
        InetAddress[] found = new InetAddress[addresses.length];
        for (int i = 0; i < addresses.length; i++) {
            found[i] = InetAddress.getByName(addresses[i]);
        }
        return new Destinations(allowed, _ -> found)
                .refusal(URI.create("https://hooks.contoso.com/x"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "https://hooks.contoso.com/x",
                "https://hooks.contoso.com:443/x?y=z",
                "https://HOOKS.contoso.com/",
                "https://a.fabrikam.com/",
                "https://a.b.fabrikam.com:8443/"
            })
    void whatIsListedMayBeCalled(String url) {
        assertEquals(Optional.empty(), Destinations.refusal(URI.create(url), STRICT));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "http://hooks.contoso.com/x",
                "https://hooks.contoso.com:8443/",
                "https://contoso.com/",
                "https://xhooks.contoso.com/",
                "https://hooks.contoso.com.evil.com/",
                "https://fabrikam.com/",
                "https://evilfabrikam.com/",
                "https://.fabrikam.com/",
                "https://hooks.contoso.com@evil.com/",
                "https://evil.com#hooks.contoso.com:443",
                "https://user@hooks.contoso.com/",
                "https://hooks.contoso.com/#x",
                "ftp://hooks.contoso.com/",
                "file:///etc/passwd",
                "/x",
                "https:///x",
                "mailto:a@hooks.contoso.com"
            })
    void whatIsNotMayNot(String url) {
        assertTrue(Destinations.refusal(URI.create(url), STRICT).isPresent(), url);
    }

    @Test
    void plainTextGoesOnlyWhereItIsAllowed() {
        URI url = URI.create("http://hooks.contoso.com:8080/");
        assertTrue(
                Destinations.refusal(url, allowed(false, true, true, "hooks.contoso.com:8080"))
                        .isPresent());
        assertTrue(
                Destinations.refusal(url, allowed(true, true, true, "hooks.contoso.com:8080"))
                        .isEmpty());
    }

    @ParameterizedTest
    @CsvSource({
        "93.184.216.34, PUBLIC",
        "172.32.0.1, PUBLIC",
        "100.128.0.1, PUBLIC",
        "2606:2800:220:1::1, PUBLIC",
        "127.0.0.1, LOOPBACK",
        "127.255.255.254, LOOPBACK",
        "::1, LOOPBACK",
        "::ffff:127.0.0.1, LOOPBACK",
        "::127.0.0.1, LOOPBACK",
        "64:ff9b::7f00:1, LOOPBACK",
        "2002:7f00:1::, LOOPBACK",
        "2130706433, LOOPBACK",
        "10.0.0.1, PRIVATE",
        "172.16.0.1, PRIVATE",
        "172.31.255.255, PRIVATE",
        "192.168.1.1, PRIVATE",
        "100.64.0.1, PRIVATE",
        "198.18.0.1, PRIVATE",
        "192.0.0.8, PRIVATE",
        "fc00::1, PRIVATE",
        "fd12:3456::1, PRIVATE",
        "fec0::1, PRIVATE",
        "::ffff:10.0.0.1, PRIVATE",
        "64:ff9b::a00:1, PRIVATE",
        "169.254.169.254, METADATA",
        "::ffff:169.254.169.254, METADATA",
        "64:ff9b::a9fe:a9fe, METADATA",
        "2002:a9fe:a9fe::, METADATA",
        "fd00:ec2::254, METADATA",
        "100.100.100.200, METADATA",
        "168.63.129.16, METADATA",
        "169.254.1.1, LINK_LOCAL",
        "fe80::1, LINK_LOCAL",
        "224.0.0.1, MULTICAST",
        "255.255.255.255, MULTICAST",
        "240.0.0.1, MULTICAST",
        "ff02::1, MULTICAST",
        "0.0.0.0, UNSPECIFIED",
        "0.1.2.3, UNSPECIFIED",
        "::, UNSPECIFIED"
    })
    void everyAddressHasItsKind(String address, Addresses.Kind kind) throws UnknownHostException {
        assertEquals(kind, Addresses.kind(InetAddress.getByName(address)));
    }

    @Test
    void oneBadAddressAmongGoodOnesRefusesAll() throws UnknownHostException {
        assertTrue(at(STRICT, "93.184.216.34").isEmpty());
        assertTrue(at(STRICT, "93.184.216.34", "127.0.0.1").isPresent());
        assertTrue(at(STRICT, "10.0.0.1").orElseThrow().contains("10.0.0.1"));
    }

    @Test
    void loopbackAndPrivateNetworksHaveToBeAllowedAndTheOthersCannotBe()
            throws UnknownHostException {
        WebhookSettings.Allowed all = allowed(true, true, true, "hooks.contoso.com:443");
        assertTrue(at(all, "127.0.0.1", "10.0.0.1", "93.184.216.34").isEmpty());
        assertTrue(
                at(allowed(false, true, false, "hooks.contoso.com:443"), "10.0.0.1").isPresent());
        assertTrue(
                at(allowed(false, false, true, "hooks.contoso.com:443"), "127.0.0.1").isPresent());
        for (String never :
                List.of("169.254.169.254", "fd00:ec2::254", "fe80::1", "224.0.0.1", "0.0.0.0")) {
            assertTrue(at(all, never).isPresent(), never);
        }
    }

    @Test
    void aNameWithoutAnAddressIsNoRefusal() {
        Destinations destinations =
                new Destinations(
                        STRICT,
                        host -> {
                            throw new UnknownHostException(host);
                        });
        assertThrows(
                UnknownHostException.class,
                () -> destinations.refusal(URI.create("https://hooks.contoso.com/")));
        assertFalse(
                Destinations.refusal(URI.create("https://hooks.contoso.com/"), STRICT).isPresent());
    }
}
