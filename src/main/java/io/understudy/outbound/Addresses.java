package io.understudy.outbound;

import java.net.Inet4Address;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Arrays;
import java.util.Optional;
import java.util.Set;

/** What kind of address an address is. */
public final class Addresses {

    /** The kinds, by who may be reached there. */
    public enum Kind {
        PUBLIC,
        /** This machine. */
        LOOPBACK,
        /** Networks that are not routed in the internet, and shared or reserved ones. */
        PRIVATE,
        /** Where clouds tell a machine its credentials. */
        METADATA,
        LINK_LOCAL,
        MULTICAST,
        UNSPECIFIED
    }

    private static final Set<String> METADATA =
            Set.of("169.254.169.254", "169.254.170.2", "100.100.100.200", "168.63.129.16");

    private Addresses() {}

    /**
     * Why a host is called by nobody of ours, whatever settings or documents say: one of its
     * addresses is of a kind where no server of anybody's stands. Empty when it may be called.
     *
     * @param host a name or an address, that of IPv6 with or without brackets
     * @throws UnknownHostException when the name has no address now
     */
    public static Optional<String> refusal(String host) throws UnknownHostException {
        String bare = host.startsWith("[") ? host.substring(1, host.length() - 1) : host;
        for (InetAddress address : InetAddress.getAllByName(bare)) {
            if (isNeverCalled(kind(address))) {
                return Optional.of(
                        host
                                + " is "
                                + address.getHostAddress()
                                + ", an address of kind "
                                + kind(address)
                                + ", which is never called");
            }
        }
        return Optional.empty();
    }

    private static boolean isNeverCalled(Kind kind) {
        return switch (kind) {
            case PUBLIC, LOOPBACK, PRIVATE -> false;
            case METADATA, LINK_LOCAL, MULTICAST, UNSPECIFIED -> true;
        };
    }

    public static Kind kind(InetAddress address) {
        return address instanceof Inet4Address
                ? ofFour(address)
                : ofSixteen(address, address.getAddress());
    }

    private static Kind ofFour(InetAddress address) {
        byte[] bytes = address.getAddress();
        int first = bytes[0] & 0xff;
        int second = bytes[1] & 0xff;
        if (METADATA.contains(address.getHostAddress())) {
            return Kind.METADATA;
        }
        if (first == 0) {
            return Kind.UNSPECIFIED;
        }
        if (address.isLoopbackAddress()) {
            return Kind.LOOPBACK;
        }
        if (address.isLinkLocalAddress()) {
            return Kind.LINK_LOCAL;
        }
        if (first >= 224) {
            return Kind.MULTICAST; // and what is reserved above it
        }
        boolean shared = first == 100 && (second & 0xc0) == 64;
        boolean benchmark = first == 198 && (second & 0xfe) == 18;
        boolean protocol = first == 192 && second == 0 && bytes[2] == 0;
        return address.isSiteLocalAddress() || shared || benchmark || protocol
                ? Kind.PRIVATE
                : Kind.PUBLIC;
    }

    private static Kind ofSixteen(InetAddress address, byte[] bytes) {
        if (address.isAnyLocalAddress()) {
            return Kind.UNSPECIFIED;
        }
        if (address.isLoopbackAddress()) {
            return Kind.LOOPBACK;
        }
        if (address.isMulticastAddress()) {
            return Kind.MULTICAST;
        }
        if (address.isLinkLocalAddress()) {
            return Kind.LINK_LOCAL;
        }
        boolean unique = (bytes[0] & 0xfe) == 0xfc;
        if (unique || address.isSiteLocalAddress()) {
            boolean amazon = starts(bytes, 0xfd, 0x00, 0x0e, 0xc2);
            boolean google = starts(bytes, 0xfd, 0x20, 0x00, 0xce);
            return amazon || google ? Kind.METADATA : Kind.PRIVATE;
        }
        if (starts(bytes, 0x20, 0x02)) {
            return four(bytes, 2); // 6to4
        }
        boolean translated = starts(bytes, 0x00, 0x64, 0xff, 0x9b);
        boolean compatible = starts(bytes, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0);
        return translated || compatible ? four(bytes, 12) : Kind.PUBLIC;
    }

    private static boolean starts(byte[] bytes, int... with) {
        for (int i = 0; i < with.length; i++) {
            if ((bytes[i] & 0xff) != with[i]) {
                return false;
            }
        }
        return true;
    }

    /** The kind of the IPv4 address that an IPv6 address carries. */
    private static Kind four(byte[] bytes, int from) {
        try {
            return ofFour(InetAddress.getByAddress(Arrays.copyOfRange(bytes, from, from + 4)));
        } catch (UnknownHostException e) {
            throw new IllegalStateException("four bytes are an address", e);
        }
    }
}
