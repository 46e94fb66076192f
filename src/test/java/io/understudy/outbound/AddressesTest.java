package io.understudy.outbound;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.net.UnknownHostException;
import java.util.Optional;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class AddressesTest {

    @ParameterizedTest
    @ValueSource(
            strings = {
                "169.254.169.254",
                "100.100.100.200",
                "169.254.1.1",
                "0.0.0.0",
                "224.0.0.1",
                "fe80::1",
                "[fd00:ec2::254]",
                "fd20:ce::254",
                "::",
                "::ffff:169.254.169.254",
                "64:ff9b::a9fe:a9fe",
                "2002:a9fe:a9fe::1"
            })
    void whereNoServerOfAnybodysStandsIsNeverCalled(String host) throws UnknownHostException {
        assertTrue(Addresses.refusal(host).orElseThrow().contains("never called"), host);
    }

    @ParameterizedTest
    @ValueSource(strings = {"127.0.0.1", "10.1.2.3", "192.168.1.1", "93.184.216.34", "[::1]"})
    void serversMayStandAnywhereElse(String host) throws UnknownHostException {
        assertEquals(Optional.empty(), Addresses.refusal(host));
    }
}
