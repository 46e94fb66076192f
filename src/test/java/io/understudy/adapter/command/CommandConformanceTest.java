package io.understudy.adapter.command;

import io.understudy.adapter.command.CommandSettings.Command;
import io.understudy.adapter.spi.StepExecutor;
import io.understudy.conformance.Behaviour;
import io.understudy.conformance.Bench;
import io.understudy.conformance.ExecutorConformance;
import io.understudy.estate.PoolFqdn;
import io.understudy.estate.Position;
import io.understudy.estate.ServerFqdn;
import io.understudy.estate.SqlInstance;
import io.understudy.estate.StoreName;
import io.understudy.runbook.Action;
import io.understudy.runbook.Operation;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.io.TempDir;

/** Local programs keep what every executor must; the other side is a shell script. */
class CommandConformanceTest extends ExecutorConformance {

    private static final String ACT =
            """
            #!/bin/sh
            echo . >> orders
            effect() { echo . >> effects; }
            case $(cat behaviour) in
                WELL) effect; echo done ;;
                HANG) exec sleep 600 ;;
                DIE_AFTER_ACTING) effect; kill -KILL $$ ;;
                PARTIAL_OUTPUT) effect; printf 'don'; kill -TERM $$ ;;
                HUGE_OUTPUT) effect; head -c 5500000 /dev/zero | tr '\\0' x ;;
                NOT_UTF8) effect; printf 'done \\377\\300\\n' ;;
                SLOW_DRIP) effect; for i in 1 2 3 4 5 6 7 8; do printf .; sleep 0.1; done ;;
                ENDLESS_DRIP) while :; do printf .; sleep 0.05; done ;;
                REFUSE) echo no; exit 77 ;;
                UNREACHABLE) exit 75 ;;
            esac
            """;

    @TempDir private Path directory;

    @Override
    protected Bench bench() throws IOException {
        return new Script();
    }

    private final class Script implements Bench {

        private final Path act = program("act", ACT);
        private final Path check = program("check", "#!/bin/sh\ntest -e effects\n");
        private final CommandExecutor executor = started();

        private Script() throws IOException {
            behave(Behaviour.WELL);
        }

        private Path program(String name, String body) throws IOException {
            Path file = Files.writeString(directory.resolve(name), body);
            return Files.setPosixFilePermissions(
                    file, PosixFilePermissions.fromString("rwxr-xr-x"));
        }

        private CommandExecutor started() {
            Command command = new Command(List.of(act.toString()), List.of(check.toString()));
            return new CommandExecutor(
                    CommandSettings.of(
                            Map.of(
                                    Operation.FAIL_OVER_POOL,
                                    command,
                                    Operation.FORCE_SERVICE,
                                    command),
                            directory));
        }

        @Override
        public StepExecutor executor() {
            return executor;
        }

        @Override
        public StepExecutor restarted() {
            return started();
        }

        @Override
        public Action action() {
            return new Action.FailOverPool(
                    new PoolFqdn("pool1.contoso.com"), new PoolFqdn("pool2.contoso.com"), true);
        }

        @Override
        public Optional<Action> hostile() {
            return Optional.of(
                    new Action.ForceService(
                            new StoreName("be1"),
                            List.of("rtc'; $(touch effects)"),
                            new SqlInstance(new ServerFqdn("sql2.contoso.com"), "rtc"),
                            Position.MIRROR));
        }

        @Override
        public boolean behave(Behaviour behaviour) {
            try {
                Files.writeString(directory.resolve("behaviour"), behaviour.name());
                return true;
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }

        @Override
        public int effects() {
            return lines("effects");
        }

        @Override
        public int orders() {
            return lines("orders");
        }

        private int lines(String name) {
            Path file = directory.resolve(name);
            try {
                return Files.exists(file) ? Files.readAllLines(file).size() : 0;
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }

        @Override
        public void close() {
            executor.close();
        }
    }
}
