package io.understudy.adapter.powershell;

import io.understudy.adapter.spi.Secrets;
import io.understudy.conformance.Bench;
import io.understudy.conformance.ExecutorConformance;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.io.TempDir;

/** PowerShell as a process of this machine. */
class LocalConformanceTest extends ExecutorConformance {

    @TempDir private Path directory;

    @Override
    protected Bench bench() throws IOException {
        return new ShellBench(
                directory,
                Optional.empty(),
                reference -> {
                    throw new Secrets.SecretUnavailable("there is no " + reference);
                });
    }
}
