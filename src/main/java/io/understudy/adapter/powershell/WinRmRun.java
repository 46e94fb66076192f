package io.understudy.adapter.powershell;

import io.cloudsoft.winrm4j.client.PayloadEncryptionMode;
import io.cloudsoft.winrm4j.client.ShellCommand;
import io.cloudsoft.winrm4j.client.WinRmClient;
import io.cloudsoft.winrm4j.client.WinRmClientBuilder;
import io.cloudsoft.winrm4j.client.WinRmClientContext;
import io.understudy.adapter.powershell.Transport.Ended;
import io.understudy.adapter.powershell.Transport.Ended.Exited;
import io.understudy.adapter.powershell.Transport.Ended.Lost;
import io.understudy.adapter.powershell.Transport.Ended.NotStarted;
import io.understudy.adapter.powershell.Transport.Ended.NotStarted.Reason;
import io.understudy.adapter.powershell.Transport.Input;
import java.net.URL;
import java.util.Map;
import java.util.concurrent.atomic.AtomicBoolean;
import javax.net.ssl.SSLContext;
import org.apache.cxf.Bus;
import org.apache.cxf.BusFactory;
import org.apache.cxf.transport.http.asyncclient.AsyncHTTPConduit;
import org.apache.cxf.transport.http.asyncclient.AsyncHTTPConduitFactory;
import org.apache.cxf.transport.http.asyncclient.AsyncHTTPConduitFactory.UseAsyncPolicy;
import org.apache.http.client.config.AuthSchemes;

/**
 * One dialogue with one server: a shell, a command in it, what it writes, and the shell's end.
 * {@link #carryOut} is called once; {@link #abandon} from any thread.
 */
final class WinRmRun {

    /** Where to and as whom. */
    record Login(URL address, String user, String password, SSLContext trust) {
        @Override
        public String toString() {
            return user + " at " + address;
        }
    }

    private final WinRmSettings settings;
    private final Login login;
    private final String commandLine;
    private final Map<String, String> environment;
    private final WinRmOutput output;
    private final WinRmWatch watch;

    /** Taken by whoever comes first: the command, which is then sent, or the one who gives up. */
    private final AtomicBoolean decided = new AtomicBoolean();

    WinRmRun(WinRmSettings settings, Login login, Input input, WinRmOutput output) {
        this.settings = settings;
        this.login = login;
        this.commandLine = WinRmInput.commandLine(input.bootstrap());
        this.environment = WinRmInput.environment(input.envelope());
        this.output = output;
        this.watch = new WinRmWatch(output);
    }

    /**
     * Nothing is to be started any more.
     *
     * @return false when the command may have been sent already
     */
    boolean abandon() {
        return decided.compareAndSet(false, true);
    }

    /**
     * Everything from the first connection to the end.
     *
     * @param opening called when a shell is about to be asked for
     */
    Ended carryOut(Runnable opening) {
        Bus bus = BusFactory.newInstance().createBus();
        try {
            // the library's way to have its HTTP client, the one that can do NTLM
            bus.setProperty(AsyncHTTPConduit.USE_ASYNC, Boolean.TRUE);
            bus.setProperty(AsyncHTTPConduitFactory.USE_POLICY, UseAsyncPolicy.ALWAYS);
            bus.getInInterceptors().add(watch);
            bus.getOutInterceptors().add(new WinRmOneAttempt());
            return inShell(bus, opening);
        } finally {
            bus.shutdown(true);
        }
    }

    private Ended inShell(Bus bus, Runnable opening) {
        ShellCommand shell;
        try {
            // Kerberos asks for its ticket here; what the client holds ends with the bus
            WinRmClient client = client(bus);
            opening.run();
            shell = client.createShell();
        } catch (RuntimeException | LinkageError e) {
            return WinRmFailure.beforeCommand(e);
        }
        try {
            return decided.compareAndSet(false, true)
                    ? execute(shell)
                    : new NotStarted(Reason.UNREACHABLE, "given up before it was started");
        } finally {
            delete(shell);
        }
    }

    private Ended execute(ShellCommand shell) {
        Ended failed;
        try {
            shell.execute(commandLine, null, null);
            failed = new Lost("the server told no exit code");
        } catch (RuntimeException | LinkageError e) {
            failed =
                    watch.commandTaken()
                            ? new Lost(WinRmFailure.text(e))
                            : WinRmFailure.ofCommand(e);
        }
        if (watch.exitCode().isEmpty()) {
            return failed;
        }
        output.end();
        return new Exited(watch.exitCode().getAsInt(), output.error());
    }

    /** Tidies up; the server does it too, after its idle time. */
    private static void delete(ShellCommand shell) {
        try {
            shell.close();
        } catch (RuntimeException | LinkageError e) {
            // the run has ended as it has: a connection that is gone cannot be tidied up
        }
    }

    private WinRmClient client(Bus bus) {
        WinRmClientBuilder builder =
                WinRmClient.builder(login.address())
                        .context(WinRmClientContext.newInstance(bus))
                        .sslContext(login.trust())
                        // everything goes through TLS
                        .payloadEncryptionMode(PayloadEncryptionMode.OFF)
                        .connectionTimeout(settings.connectTimeout().toMillis())
                        .connectionRequestTimeout(settings.connectTimeout().toMillis())
                        .operationTimeout(settings.operationTimeout().toMillis())
                        .receiveTimeout(
                                settings.operationTimeout()
                                        .plus(settings.answerTimeout())
                                        .toMillis())
                        // a repeated Receive would lose what the first one took along
                        .retriesForConnectionFailures(0)
                        .environment(environment);
        switch (settings.authentication()) {
            case NTLM -> ntlm(builder);
            case KERBEROS ->
                    builder.authenticationScheme(AuthSchemes.KERBEROS)
                            .requestNewKerberosTicket(true)
                            .credentials(login.user(), login.password());
        }
        return builder.build();
    }

    private void ntlm(WinRmClientBuilder builder) {
        int slash = login.user().indexOf('\\');
        builder.authenticationScheme(AuthSchemes.NTLM);
        if (slash < 0) {
            builder.credentials(login.user(), login.password());
        } else {
            builder.credentials(
                    login.user().substring(0, slash),
                    login.user().substring(slash + 1),
                    login.password());
        }
    }
}
