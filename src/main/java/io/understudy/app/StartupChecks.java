package io.understudy.app;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Optional;

/** Refuses to start with a dangerous configuration, naming the setting and what to do. */
final class StartupChecks {

    static final int SHORTEST_KEY = 16;

    private StartupChecks() {}

    /**
     * Checks.
     *
     * @param host quarkus.http.host
     * @param insecureRequests quarkus.http.insecure-requests: enabled, redirect or disabled
     * @throws IllegalStateException naming the first setting that is dangerous
     */
    static void check(Settings settings, String host, String insecureRequests) {
        boolean inTheClear = insecureRequests.equalsIgnoreCase("enabled");
        refuse(
                inTheClear && !loopback(host) && !settings.http().plainTextAllowed(),
                "quarkus.http.host is "
                        + host
                        + ", and keys would go over the network in the clear: configure TLS and set"
                        + " quarkus.http.insecure-requests=disabled, or, behind a proxy that does,"
                        + " set understudy.http.plain-text-allowed=true");
        refuse(
                settings.simulated()
                        && !settings.embedded()
                        && !settings.simulator().besideExternalDatabase(),
                "understudy.simulator.enabled is true with a database of yours: a simulated estate"
                        + " would be taken for the real one; set it to false, or, for a trial, set"
                        + " understudy.simulator.beside-external-database=true");
        refuse(
                settings.adminKey().map(String::length).filter(n -> n < SHORTEST_KEY).isPresent(),
                "understudy.admin-key is shorter than "
                        + SHORTEST_KEY
                        + " characters and could be guessed: choose a longer one, or leave it out to"
                        + " have one made");
        Optional<String> hasty =
                settings.probe().heartbeat().isPositive()
                                && settings.loop().pause().isPositive()
                                && settings.loop().interval().isPositive()
                        ? Optional.empty()
                        : Optional.of(
                                "understudy.probe.heartbeat, understudy.loop.pause and .interval");
        refuse(
                hasty.isPresent(),
                hasty.orElse("") + " are more than nothing: the loop would never rest");
    }

    private static boolean loopback(String host) {
        try {
            return InetAddress.getByName(host).isLoopbackAddress();
        } catch (UnknownHostException e) {
            // whatever it is, it is not known to be this machine alone
            return false;
        }
    }

    private static void refuse(boolean dangerous, String why) {
        if (dangerous) {
            throw new IllegalStateException("Understudy does not start: " + why);
        }
    }
}
