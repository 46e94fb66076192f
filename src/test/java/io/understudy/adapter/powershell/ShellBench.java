package io.understudy.adapter.powershell;

import io.understudy.adapter.spi.ManagementServer;
import io.understudy.adapter.spi.Progress;
import io.understudy.adapter.spi.Secrets;
import io.understudy.adapter.spi.StepCall;
import io.understudy.adapter.spi.StepExecutor;
import io.understudy.adapter.spi.StepOutcome;
import io.understudy.conformance.Behaviour;
import io.understudy.conformance.Bench;
import io.understudy.counterpart.StandInPowerShell;
import io.understudy.counterpart.StandInProgram;
import io.understudy.counterpart.StandInWorld;
import io.understudy.estate.DatabaseType;
import io.understudy.estate.PoolFqdn;
import io.understudy.estate.Position;
import io.understudy.estate.ServerFqdn;
import io.understudy.estate.SqlInstance;
import io.understudy.estate.StoreName;
import io.understudy.runbook.Action;
import io.understudy.testing.Contoso;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;

/** The executor before a stand-in for PowerShell, by a way that the test chooses. */
final class ShellBench implements Bench {

    static final Action FAIL_OVER =
            new Action.FailOverPool(
                    new PoolFqdn("pool1.contoso.com"), new PoolFqdn("pool2.contoso.com"), true);

    final StandInPowerShell shell;
    final StandInProgram program;
    private final Optional<ManagementServer> server;
    private final PowerShellSettings settings;
    private final WinRmSettings winRm;
    private final Secrets secrets;
    private final ManagementShell client;
    private boolean unreachable;

    /** By the server, else on this machine. */
    ShellBench(Path directory, Optional<ManagementServer> server, Secrets secrets)
            throws IOException {
        this(directory, server, WinRmSettings.DEFAULT, secrets);
    }

    /** The same, by the server's WinRM in these settings. */
    ShellBench(
            Path directory,
            Optional<ManagementServer> server,
            WinRmSettings winRm,
            Secrets secrets)
            throws IOException {
        this.winRm = winRm;
        this.shell = new StandInPowerShell(StandInWorld.obedient());
        this.program = new StandInProgram(shell, directory);
        this.server = server;
        this.secrets = secrets;
        PowerShellSettings usual = PowerShellSettings.of(program.program().toString());
        this.settings = quick(usual);
        this.client = client();
    }

    /** The same, reconnecting at once. */
    static PowerShellSettings quick(PowerShellSettings usual) {
        return new PowerShellSettings(
                usual.program(),
                usual.modules(),
                usual.orderDirectory(),
                Optional.of("C:\\Exports"),
                usual.knownHosts(),
                usual.agent(),
                usual.connectLimit(),
                Duration.ofSeconds(1),
                usual.checkLimit(),
                usual.startLimit(),
                Duration.ofMillis(100),
                Duration.ofMillis(50),
                usual.lineLength(),
                usual.lineCount(),
                usual.timeLimits());
    }

    private ManagementShell client() {
        return new ManagementShell(
                Contoso.USUAL::estate,
                settings,
                winRm,
                secrets,
                Clock.systemUTC(),
                ShellBench::pass);
    }

    static void pass(Duration time) throws InterruptedException {
        new Semaphore(0).tryAcquire(time.toNanos(), TimeUnit.NANOSECONDS);
    }

    StepCall call(Action action, int attempt, long token, Duration limit) {
        return new StepCall("run-1", 2, attempt, token, action, managementServer(), limit);
    }

    StepOutcome act(Action action) {
        return executor().act(call(action, 1, 1, Duration.ofSeconds(30)), Progress.UNHEARD);
    }

    @Override
    public StepExecutor executor() {
        return client.executor();
    }

    @Override
    public StepExecutor restarted() {
        return client().executor();
    }

    @Override
    public Action action() {
        return FAIL_OVER;
    }

    @Override
    public Optional<Action> hostile() {
        return Optional.of(hostile("rtcxds'; $(Stop-Computer) #"));
    }

    static Action hostile(String database) {
        return new Action.SwitchPrincipal(
                new StoreName("be1"),
                new PoolFqdn("pool1.contoso.com"),
                DatabaseType.USER,
                List.of("rtcshared", database),
                new SqlInstance(new ServerFqdn("sql12.contoso.com"), "rtc"),
                Position.MIRROR,
                false);
    }

    @Override
    public Optional<ManagementServer> managementServer() {
        return server.map(there -> unreachable ? withoutPort(there) : there);
    }

    /** Port 1 of 127.0.0.1, where nobody listens. */
    private static ManagementServer withoutPort(ManagementServer server) {
        return new ManagementServer(
                server.name(),
                server.site(),
                server.transport(),
                server.host(),
                Optional.of(1),
                server.user(),
                server.credential(),
                server.hostKeys());
    }

    @Override
    public boolean behave(Behaviour behaviour) {
        unreachable = behaviour == Behaviour.UNREACHABLE && server.isPresent();
        shell.behave(behaviour);
        return true;
    }

    @Override
    public int effects() {
        return shell.invocations().size();
    }

    @Override
    public int orders() {
        return shell.orders();
    }

    @Override
    public void close() throws IOException {
        client.close();
        shell.close();
        program.close();
    }
}
