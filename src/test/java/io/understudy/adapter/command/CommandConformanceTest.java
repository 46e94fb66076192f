package io.understudy.adapter.command;

import io.understudy.adapter.command.CommandSettings.Command;
import io.understudy.adapter.spi.StepExecutor;
import io.understudy.conformance.Behaviour;
import io.understudy.conformance.Bench;
import io.understudy.conformance.ExecutorConformance;
import io.understudy.estate.DatabaseType;
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

/** Local programs keep what every executor must: real processes of scripts made for the test. */
class CommandConformanceTest extends ExecutorConformance {

    @TempDir private Path directory;

    @Override
    protected Bench bench() throws IOException {
        return new Programs(directory);
    }

    /** A program that notes what it does and behaves as the file {@code behaviour} says. */
    private static final class Programs implements Bench {

        private static final String ACT =
                """
                #!/bin/sh
                cd "$(dirname "$0")"
                echo order >> orders
                act() { echo effect >> effects; }
                case $(cat behaviour) in
                  WELL) act; echo done ;;
                  HANG) sleep 300 ;;
                  LATE) sleep 5; act ;;
                  DIE_AFTER_ACTING) act; kill -9 $$ ;;
                  PARTIAL_OUTPUT) act; printf 'do' ;;
                  HUGE_OUTPUT) act; head -c 5000000 /dev/zero | tr '\\0' x ;;
                  NOT_UTF8) act; printf '\\377\\376\\303(\\n' ;;
                  SLOW_DRIP) act; for i in 1 2 3 4 5 6 7 8 9 10; do printf .; sleep 0.1; done ;;
                  ENDLESS_DRIP) act; while :; do printf .; sleep 0.1; done ;;
                  REFUSE) echo refused; exit 77 ;;
                  UNREACHABLE) echo unreachable; exit 75 ;;
                esac
                """;

        private final Path directory;
        private final CommandExecutor executor;

        Programs(Path directory) throws IOException {
            this.directory = directory;
            script("act", ACT);
            script("check", "#!/bin/sh\n[ -s \"$(dirname \"$0\")/effects\" ]\n");
            behave(Behaviour.WELL);
            this.executor = restarted();
        }

        private void script(String name, String text) throws IOException {
            Path file = Files.writeString(directory.resolve(name), text);
            Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rwx------"));
        }

        @Override
        public StepExecutor executor() {
            return executor;
        }

        @Override
        public CommandExecutor restarted() {
            Command command =
                    new Command(
                            List.of(directory.resolve("act").toString(), "{databases}"),
                            List.of(directory.resolve("check").toString()));
            return new CommandExecutor(
                    CommandSettings.of(Map.of(Operation.SWITCH_PRINCIPAL, command), directory));
        }

        @Override
        public Action action() {
            return switching("rtcxds");
        }

        @Override
        public Optional<Action> hostile() {
            return Optional.of(switching("x;$(touch pwned)"));
        }

        private static Action switching(String database) {
            return new Action.SwitchPrincipal(
                    new StoreName("be1"),
                    new PoolFqdn("pool1.contoso.com"),
                    DatabaseType.USER,
                    List.of(database),
                    new SqlInstance(new ServerFqdn("sql2.contoso.com"), "rtc"),
                    Position.MIRROR,
                    false);
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
