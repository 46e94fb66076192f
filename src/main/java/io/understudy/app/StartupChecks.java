package io.understudy.app;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.List;
import java.util.Optional;

/** Refuses to start with a dangerous configuration, naming the setting and what to do. */
final class StartupChecks {

    static final int SHORTEST_KEY = 16;

    /** The fewest that the library takes. */
    private static final int FEWEST_HEARTBEATS = 4;

    private static final int MOST_SLICES = 100;

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
        checkLeases(settings.replica(), settings.run());
    }

    /** What must hold between times, or the living are taken for dead, and the dead for living. */
    private static void checkLeases(Settings.Replica replica, Settings.Run run) {
        refuse(
                !replica.heartbeat().isPositive()
                        || !replica.polling().isPositive()
                        || replica.missedHeartbeats() < FEWEST_HEARTBEATS,
                "understudy.replica.heartbeat and .polling are more than nothing, and"
                        + " understudy.replica.missed-heartbeats is at least "
                        + FEWEST_HEARTBEATS
                        + ": one late heartbeat is no death");
        refuse(
                replica.shift().compareTo(replica.patience()) <= 0,
                "understudy.replica.shift is "
                        + replica.shift()
                        + ": it is longer than understudy.replica.heartbeat times"
                        + " .missed-heartbeats, which is "
                        + replica.patience()
                        + ", or work would change hands faster than a death is noticed");
        refuse(
                run.leaseTime().compareTo(replica.heartbeat().multipliedBy(3)) < 0,
                "understudy.run.lease-time is "
                        + run.leaseTime()
                        + ": it is at least three times understudy.replica.heartbeat, which is "
                        + replica.heartbeat()
                        + ", since it is renewed three times in its course");
        refuse(
                replica.slices() < 1 || replica.slices() > MOST_SLICES || run.threads() < 1,
                "understudy.replica.slices is 1 to "
                        + MOST_SLICES
                        + ", and understudy.run.threads at least 1");
        refuse(
                !replica.actWithin().isPositive(),
                "understudy.replica.act-within is more than nothing: else nothing is ever opened");
    }

    /**
     * Checks whom this process believes where a request comes from: who can say anything of that is
     * never made to wait after failed log-ins.
     *
     * @param forwarding quarkus.http.proxy.proxy-address-forwarding
     * @param trusted quarkus.http.proxy.trusted-proxies
     * @throws IllegalStateException naming the setting that is missing
     */
    static void checkProxy(boolean forwarding, Optional<List<String>> trusted) {
        refuse(
                forwarding && trusted.filter(proxies -> !proxies.isEmpty()).isEmpty(),
                "quarkus.http.proxy.proxy-address-forwarding is true, and anybody could say where a"
                        + " request comes from: name the proxies that may in"
                        + " quarkus.http.proxy.trusted-proxies");
    }

    /**
     * Checks who may vouch for the certificates of monitoring systems: without a trust store of its
     * own, every certificate authority that Java trusts may.
     *
     * @param asked whether a monitoring system has to show a certificate
     * @param trusting whether there is a setting that starts with quarkus.tls.trust-store
     * @throws IllegalStateException naming the setting that is missing
     */
    static void checkTrust(boolean asked, boolean trusting) {
        refuse(
                asked && !trusting,
                "understudy.monitors.<name>.certificate is set, and every certificate authority of"
                        + " the world could make such a certificate: name yours in"
                        + " quarkus.tls.trust-store.pem.certs");
    }

    /**
     * Checks that it is we who refuse a body that is too long: the server cuts it off without a
     * word, and may do so once as much has come in as it takes.
     *
     * @param longest understudy.api.max-body-size, in bytes
     * @param servers quarkus.http.limits.max-body-size, in bytes; empty when there is no limit
     * @throws IllegalStateException naming both settings
     */
    static void checkBodies(long longest, Optional<Long> servers) {
        refuse(
                servers.isPresent() && longest >= servers.get(),
                "understudy.api.max-body-size is "
                        + longest
                        + " bytes: it is less than quarkus.http.limits.max-body-size, which is "
                        + servers.orElse(0L)
                        + " bytes, or the server cuts off bodies before they can be refused");
    }

    /** Whether a host is known to be this machine alone. */
    static boolean loopback(String host) {
        try {
            return InetAddress.getByName(host).isLoopbackAddress();
        } catch (UnknownHostException e) {
            // whatever it is, it is not known to be this machine alone
            return false;
        }
    }

    /** Does not start, and says why, when something is dangerous. */
    static void refuse(boolean dangerous, String why) {
        if (dangerous) {
            throw new IllegalStateException("Understudy does not start: " + why);
        }
    }
}
