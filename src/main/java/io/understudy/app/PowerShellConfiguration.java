package io.understudy.app;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import io.understudy.adapter.powershell.PowerShellSettings;
import io.understudy.runbook.Operation;
import java.nio.file.Path;
import java.time.Duration;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** The management shell of Lync and Skype for Business; not used by default. */
@ConfigMapping(prefix = "understudy.powershell")
interface PowerShellConfiguration {

    /** Whether it carries actions out; default no. */
    @WithDefault("false")
    boolean enabled();

    /** Whether it looks at pools and servers, too; default no. */
    @WithDefault("false")
    boolean probe();

    /** What is started on a management server; default powershell.exe. */
    @WithDefault("powershell.exe")
    String program();

    /** Of these the first that is installed is imported; default SkypeForBusiness, Lync. */
    @WithDefault("SkypeForBusiness,Lync")
    List<String> modules();

    /** Where orders lie on the management server; default: Understudy in its ProgramData. */
    Optional<String> orderDirectory();

    /** Where exports of Response Groups and locations lie, as the management server names it. */
    Optional<String> exportDirectory();

    Ssh ssh();

    /** How long a look may take; default 2 min. */
    @WithDefault("PT2M")
    Duration checkLimit();

    /** Until an order that was given must have begun, else it never does; default 1 min. */
    @WithDefault("PT1M")
    Duration startLimit();

    /** How often the management server looks for news of an order, 0.1 to 60 s; default 1 s. */
    @WithDefault("PT1S")
    Duration poll();

    /** Pause before a lost session is opened again; default 2 s. */
    @WithDefault("PT2S")
    Duration reconnect();

    /** Characters of a line of a cmdlet's that are kept, 80 to 8000; default 2000. */
    @WithDefault("2000")
    int lineLength();

    /** Lines of a cmdlet's that are kept; default 2000. */
    @WithDefault("2000")
    int lineCount();

    /** By operation, fail-over-pool and so on, where it is shorter than the step's own. */
    Map<String, Duration> timeLimits();

    /** Sessions by SSH. */
    interface Ssh {
        /** Host keys of the servers whose entry names none; none by default. */
        Optional<Path> knownHosts();

        /**
         * Socket of the agent that servers without a credential are entered by; none by default.
         */
        Optional<Path> agent();

        /** Until a session must stand; default 20 s. */
        @WithDefault("PT20S")
        Duration connectLimit();

        /** How often a silent session is asked whether it is alive; default 15 s. */
        @WithDefault("PT15S")
        Duration keepAlive();
    }

    /** The same in the words of the adapter. */
    default PowerShellSettings settings() {
        Map<Operation, Duration> limits = new EnumMap<>(Operation.class);
        timeLimits().forEach((name, limit) -> limits.put(operation(name), limit));
        return new PowerShellSettings(
                program(),
                modules(),
                orderDirectory(),
                exportDirectory(),
                ssh().knownHosts(),
                ssh().agent(),
                ssh().connectLimit(),
                ssh().keepAlive(),
                checkLimit(),
                startLimit(),
                poll(),
                reconnect(),
                lineLength(),
                lineCount(),
                limits);
    }

    private static Operation operation(String name) {
        try {
            return Operation.valueOf(name.toUpperCase(Locale.ROOT).replace('-', '_'));
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException(
                    "understudy.powershell.time-limits."
                            + name
                            + ": an operation is one of "
                            + List.of(Operation.values()),
                    e);
        }
    }
}
