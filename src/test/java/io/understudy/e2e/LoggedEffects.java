package io.understudy.e2e;

import io.understudy.adapter.simulator.Fault;
import io.understudy.adapter.simulator.SimulatorExecutor;
import io.understudy.adapter.simulator.Twin;
import io.understudy.adapter.simulator.TwinSettings;
import io.understudy.adapter.spi.Progress;
import io.understudy.adapter.spi.StepCall;
import io.understudy.estate.ComponentId;
import io.understudy.estate.DatabaseType;
import io.understudy.estate.Estate;
import io.understudy.estate.PoolFqdn;
import io.understudy.estate.Position;
import io.understudy.estate.ServerFqdn;
import io.understudy.estate.SqlInstance;
import io.understudy.estate.StoreName;
import io.understudy.runbook.Action;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;

/**
 * A twin whose mirror failovers are carried out by a program that writes down every order that it
 * is given and takes its time to say so, and whose observers post what they see to every replica.
 */
final class LoggedEffects implements AutoCloseable {

    /**
     * How long the program takes to answer after it has acted: in which its caller may be killed.
     */
    private static final String AFTERWARDS = "5";

    private final Twin twin;
    private final Estate estate;
    private final SimulatorExecutor executor;
    private final Path effects;
    private final CountDownLatch first = new CountDownLatch(1);
    private final ScheduledExecutorService turns = Executors.newSingleThreadScheduledExecutor();
    private Optional<RemoteObservers> observers = Optional.empty();
    private int applied;

    LoggedEffects(Estate estate, Path directory) throws IOException {
        this.estate = estate;
        this.twin = new Twin(estate, TwinSettings.DEFAULT, Clock.systemUTC(), _ -> {});
        this.executor = new SimulatorExecutor(twin, LoggedEffects::pass);
        this.effects = Files.createFile(directory.resolve("effects"));
        String act = "echo \"$*\" >> " + effects + "\nexec sleep " + AFTERWARDS;
        String check = "grep -q \" $1 \" " + effects;
        Files.writeString(
                directory.resolve("replica.properties"),
                """
                understudy.simulator.enabled=false
                understudy.api.heartbeat=PT1S
                understudy.command.actions.switch-principal.act=%s,{runId},{step},{token},{databaseType},{databases}
                understudy.command.actions.switch-principal.check=%s,{databaseType}
                """
                        .formatted(
                                program(directory.resolve("act"), act),
                                program(directory.resolve("check"), check)));
    }

    private static Path program(Path file, String lines) throws IOException {
        Files.writeString(file, "#!/bin/sh\n" + lines + "\n");
        file.toFile().setExecutable(true);
        return file;
    }

    void observe(List<Service> services) {
        observers = Optional.of(new RemoteObservers(estate, twin, services));
        turns.scheduleWithFixedDelay(this::carryOut, 0, 1, TimeUnit.SECONDS);
    }

    void lose(String component) {
        twin.inject(new Fault.Kill(ComponentId.parse(component)));
    }

    /** Returns when the program has been given its first order. */
    void awaitFirst() throws InterruptedException {
        first.await();
    }

    /** Every order: run, step, token, database type, databases. */
    List<String> all() throws IOException {
        return Files.readAllLines(effects);
    }

    /** What an order was about. */
    static String what(String order) {
        return order.split(" ")[3];
    }

    private void carryOut() {
        try {
            for (String order : all().subList(applied, all().size())) {
                carryOut(order.split(" "));
                applied++;
                first.countDown();
            }
        } catch (IOException | RuntimeException e) {
            // a line may be half written: the next turn reads it whole
            System.getLogger("effects").log(System.Logger.Level.DEBUG, "not carried out", e);
        }
    }

    private void carryOut(String[] order) {
        Action action =
                new Action.SwitchPrincipal(
                        new StoreName("be1"),
                        new PoolFqdn("pool1.contoso.com"),
                        DatabaseType.valueOf(order[3]),
                        List.of(order[4].split(",")),
                        new SqlInstance(new ServerFqdn("sql2.contoso.com"), "rtc"),
                        Position.MIRROR,
                        true);
        executor.act(
                new StepCall(
                        order[0],
                        Integer.parseInt(order[1]),
                        applied + 1,
                        Long.parseLong(order[2]),
                        action,
                        Optional.empty(),
                        Duration.ofSeconds(10)),
                Progress.UNHEARD);
    }

    private static void pass(Duration time) {
        try {
            TimeUnit.NANOSECONDS.sleep(time.toNanos());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    @Override
    public void close() {
        turns.shutdownNow();
        observers.ifPresent(RemoteObservers::close);
    }
}
