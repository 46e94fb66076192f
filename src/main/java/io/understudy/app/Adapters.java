package io.understudy.app;

import io.understudy.adapter.command.CommandExecutor;
import io.understudy.adapter.jdbc.JdbcProbe;
import io.understudy.adapter.powershell.ManagementShell;
import io.understudy.adapter.simulator.SimulatorControl;
import io.understudy.adapter.simulator.SimulatorExecutor;
import io.understudy.adapter.simulator.SimulatorProbe;
import io.understudy.adapter.simulator.Twin;
import io.understudy.adapter.simulator.TwinSettings;
import io.understudy.adapter.spi.EffectLog;
import io.understudy.adapter.spi.FaultInjection;
import io.understudy.adapter.spi.ManagementServer;
import io.understudy.adapter.spi.Probe;
import io.understudy.adapter.spi.Secrets;
import io.understudy.adapter.spi.StepExecutor;
import io.understudy.adapter.sqlserver.SqlServerExecutor;
import io.understudy.adapter.sqlserver.SqlServerProbe;
import io.understudy.adapter.webhook.WebhookExecutor;
import io.understudy.control.DocumentStore;
import io.understudy.control.LiveDocument;
import io.understudy.control.Vantage;
import io.understudy.estate.Estate;
import io.understudy.estate.ObserverName;
import io.understudy.estate.SiteName;
import io.understudy.routing.RouteChoice;
import io.understudy.routing.Routing;
import io.understudy.run.ExecutorRouting;
import io.understudy.store.Database;
import io.understudy.store.PgTwin;
import jakarta.annotation.PreDestroy;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import java.util.stream.Collectors;

/** Probes and executors, as they are configured. */
@Singleton
class Adapters {

    private static final Estate NOTHING =
            new Estate("none", List.of(), List.of(), List.of(), List.of());

    private final Settings settings;
    private final InstantSource clock;
    private final Optional<Twin> twin;
    private final Optional<CommandExecutor> commands;
    private final Optional<ManagementShell> shell;
    private final boolean shellLooks;
    private final LiveDocument<Routing> routing;

    Adapters(
            Settings settings,
            Database database,
            CommandConfiguration command,
            PowerShellConfiguration powershell,
            WinRmConfiguration winRm,
            SecretsConfiguration secrets,
            InstantSource clock,
            LiveDocument<Estate> estate,
            LiveDocument<Routing> routing) {
        this.settings = settings;
        this.clock = clock;
        this.commands =
                command.actions().isEmpty()
                        ? Optional.empty()
                        : Optional.of(new CommandExecutor(command.settings()));
        this.shell =
                powershell.enabled()
                        ? Optional.of(shell(powershell, winRm, secrets.reader(), estate))
                        : Optional.empty();
        this.shellLooks = powershell.probe();
        this.routing = routing;
        this.twin =
                settings.simulated()
                        ? Optional.of(
                                new Twin(
                                        inForce(estate),
                                        TwinSettings.DEFAULT,
                                        clock,
                                        new SharedTwin(new PgTwin(database))))
                        : Optional.empty();
    }

    private ManagementShell shell(
            PowerShellConfiguration powershell,
            WinRmConfiguration winRm,
            Secrets secrets,
            LiveDocument<Estate> estate) {
        return new ManagementShell(
                () -> inForce(estate),
                powershell.settings(),
                winRm.settings(),
                secrets,
                clock,
                time -> new Semaphore(0).tryAcquire(time.toNanos(), TimeUnit.NANOSECONDS));
    }

    /** The first management server at a site. */
    private Optional<ManagementServer> managementServer(SiteName site) {
        return routing.current().stream()
                .flatMap(version -> version.body().managementServers().stream())
                .filter(server -> server.site().equals(site))
                .findFirst();
    }

    private static Estate inForce(LiveDocument<Estate> estate) {
        return estate.current().map(DocumentStore.Version::body).orElse(NOTHING);
    }

    /** The estate has changed, and its twin with it. */
    void follow(Estate estate) {
        twin.ifPresent(simulated -> simulated.follow(estate));
    }

    @Produces
    @Singleton
    Optional<FaultInjection> faults() {
        return twin.map(SimulatorControl::new);
    }

    @Produces
    @Singleton
    Optional<EffectLog> effects() {
        return twin.map(Twin::log);
    }

    @Produces
    @Singleton
    ExecutorRouting executors(
            LiveDocument<Estate> estate,
            LiveDocument<Routing> routing,
            AdapterConfiguration archives,
            SqlServerConfiguration sql,
            WebhookConfiguration webhooks,
            Secrets secrets) {
        List<StepExecutor> all = new ArrayList<>(commands.stream().toList());
        if (!webhooks.endpoints().isEmpty()) {
            Supplier<String> ids = () -> UUID.randomUUID().toString();
            all.add(new WebhookExecutor(webhooks.settings(), secrets, clock, ids));
        }
        if (!sql.instances().isEmpty()) {
            all.add(
                    new SqlServerExecutor(
                            () -> inForce(estate), sql.settings(), secrets, clock, Adapters::pass));
        }
        all.addAll(
                new AdapterArchives(archives, () -> inForce(estate), secrets, clock).executors());
        shell.ifPresent(management -> all.add(management.executor()));
        twin.ifPresent(simulated -> all.add(new SimulatorExecutor(simulated, Adapters::pass)));
        return new ExecutorRouting(
                all,
                settings.executors(),
                () ->
                        new RouteChoice(
                                routing.current()
                                        .map(DocumentStore.Version::body)
                                        .orElse(Routing.NONE),
                                inForce(estate)));
    }

    /** Where credentials are read, at each use. */
    @Produces
    @Singleton
    Secrets secrets(SecretsConfiguration secrets) {
        return secrets.reader();
    }

    /** What local programs do ends with the process. */
    @PreDestroy
    void close() {
        commands.ifPresent(CommandExecutor::close);
        shell.ifPresent(ManagementShell::close);
    }

    @Produces
    @Singleton
    Vantage vantage(
            LiveDocument<Estate> estate,
            JdbcConfiguration jdbc,
            SqlServerConfiguration sql,
            Secrets secrets) {
        List<Probe> probes = new ArrayList<>();
        if (!sql.instances().isEmpty()) {
            probes.add(new SqlServerProbe(() -> inForce(estate), sql.settings(), secrets));
        }
        if (!jdbc.instances().isEmpty()) {
            probes.add(new JdbcProbe(() -> inForce(estate), jdbc.settings()));
        }
        shell.filter(_ -> shellLooks)
                .ifPresent(management -> probes.add(management.probe(this::managementServer)));
        twin.ifPresent(simulated -> probes.add(new SimulatorProbe(simulated)));
        Optional<Set<ObserverName>> named =
                settings.observers()
                        .map(names ->
                                names.stream().map(ObserverName::new).collect(Collectors.toSet()));
        // without a twin that plays them apart, this process sits at one place only
        Optional<Set<ObserverName>> played =
                named.isPresent() || twin.isPresent() ? named : Optional.of(Set.of());
        return new Vantage(new Probes(probes), played, clock);
    }

    /** Lets this much time pass. */
    private static void pass(Duration time) {
        try {
            new Semaphore(0).tryAcquire(time.toNanos(), TimeUnit.NANOSECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
