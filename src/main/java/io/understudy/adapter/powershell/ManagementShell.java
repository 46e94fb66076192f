package io.understudy.adapter.powershell;

import io.understudy.adapter.spi.ManagementServer;
import io.understudy.adapter.spi.Secrets;
import io.understudy.estate.Estate;
import io.understudy.estate.SiteName;
import java.time.InstantSource;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Supplier;

/** The management shell, and the ways to it that its executor and its probe share. */
public final class ManagementShell implements AutoCloseable {

    private final Supplier<Estate> estate;
    private final PowerShellSettings settings;
    private final InstantSource clock;
    private final Pause pause;
    private final SshTransport ssh;
    private final Map<ManagementServer.Transport, Transport> transports;

    /**
     * The shell as it is reached from here.
     *
     * @param estate the estate in force at the moment of a call: names that it lacks go nowhere
     */
    public ManagementShell(
            Supplier<Estate> estate,
            PowerShellSettings settings,
            WinRmSettings winRm,
            Secrets secrets,
            InstantSource clock,
            Pause pause) {
        this.estate = estate;
        this.settings = settings;
        this.clock = clock;
        this.pause = pause;
        this.ssh = new SshTransport(settings, secrets, clock);
        this.transports =
                Map.of(
                        ManagementServer.Transport.LOCAL,
                        new LocalTransport(settings),
                        ManagementServer.Transport.SSH,
                        ssh,
                        ManagementServer.Transport.WINRM,
                        new WinRmTransport(winRm, secrets));
    }

    /** Carries actions out. */
    public PowerShellExecutor executor() {
        return new PowerShellExecutor(estate, settings, transports, clock, pause);
    }

    /**
     * Looks at pools and servers.
     *
     * @param servers the management server of an observer's site; empty: this machine
     */
    public PowerShellProbe probe(Function<SiteName, Optional<ManagementServer>> servers) {
        Sessions sessions = new Sessions(transports, settings.reconnect(), clock, pause);
        return new PowerShellProbe(estate, settings, sessions, servers);
    }

    /** Ends all sessions; what was begun goes on. */
    @Override
    public void close() {
        ssh.close();
    }
}
