package io.understudy.adapter.powershell;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.understudy.adapter.powershell.Transport.Ended;
import io.understudy.adapter.powershell.Transport.Ended.Exited;
import io.understudy.adapter.powershell.Transport.Input;
import io.understudy.counterpart.WinRmServer.Fault;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The genuine client library against a server that speaks WS-Management and NTLM for real. */
@Timeout(60)
class WinRmTransportTest extends WinRmFixture {

    @Test
    void linesErrorsAndTheExitCodeComeBack() throws Exception {
        start((line, environment, in, out, err) -> {
            write(out, "first\r\nsecond\nlast");
            write(err, "something was wrong\n");
            return 7;
        });
        assertEquals(new Exited(7, "something was wrong"), run(INPUT, LIMIT));
        assertEquals(List.of("first", "second", "last"), lines);
        assertEquals(Set.of("NTLM"), server.letInBy());
        assertEquals(0, server.openShells());
    }

    @Test
    void theBootstrapIsTheOnlyCode() throws Exception {
        start((line, environment, in, out, err) -> 0);
        run(new Input("'constant'", "'; Remove-Item C:\\ ; $(evil)"), LIMIT);
        String line = server.commandLines().getFirst();
        String start = "powershell.exe -NoProfile -NonInteractive -EncodedCommand ";
        assertTrue(line.startsWith(start), line);
        byte[] script = Base64.getDecoder().decode(line.substring(start.length()));
        assertEquals("'constant'", new String(script, StandardCharsets.UTF_16LE));
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 400, 700, 900, 1_100, 6_000})
    void anEnvelopeOfAnySizeArrivesByteForByte(int parts) throws Exception {
        var arrived = new LinkedBlockingQueue<Map<String, String>>();
        start((line, environment, in, out, err) -> {
            arrived.add(environment);
            return 0;
        });
        String envelope =
                IntStream.range(0, parts)
                        .mapToObj(i -> "{\"é–€\":\"<&>'\\\"😀\u0085 %PATH% ]]>\n\t" + i)
                        .collect(Collectors.joining());
        assertEquals(new Exited(0, ""), run(new Input("1", envelope), LIMIT));
        Map<String, String> variables = arrived.take();
        String text =
                IntStream.range(0, variables.size())
                        .mapToObj(i -> variables.get("UNDERSTUDY_INPUT_" + i))
                        .collect(Collectors.joining());
        byte[] decoded = Base64.getDecoder().decode(text);
        assertEquals(envelope, new String(decoded, StandardCharsets.UTF_8));
        assertTrue(variables.values().stream().allMatch(value -> value.length() < 8_191));
    }

    @Test
    void linesAreHeardWhileTheCommandRuns() throws Exception {
        var heard = new CountDownLatch(1);
        start((line, environment, in, out, err) -> {
            write(out, "early\n");
            heard.await();
            return 0;
        });
        Ended ended =
                transport(settings())
                        .run(
                                at("localhost"),
                                INPUT,
                                LIMIT,
                                line -> {
                                    lines.add(line);
                                    heard.countDown();
                                });
        assertEquals(new Exited(0, ""), ended);
        assertEquals(List.of("early"), lines);
    }

    @Test
    void aLongSilenceIsAskedAgain() throws Exception {
        var silence = new CountDownLatch(1);
        start((line, environment, in, out, err) -> {
            // three operation time-outs of one second
            boolean ended = silence.await(3, TimeUnit.SECONDS);
            write(out, "late " + ended + "\n");
            return 0;
        });
        assertEquals(new Exited(0, ""), run(INPUT, LIMIT));
        assertEquals(List.of("late false"), lines);
    }

    @Test
    void aCharacterCutBetweenTwoAnswersStaysOne() throws Exception {
        server =
                server(
                        identity,
                        1,
                        (line, environment, in, out, err) -> {
                            write(out, "né–€😀\n");
                            return 0;
                        });
        assertEquals(new Exited(0, ""), run(INPUT, LIMIT));
        assertEquals(List.of("né–€😀"), lines);
    }

    @Test
    void whatIsNoUtf8IsReplaced() throws Exception {
        start((line, environment, in, out, err) -> {
            out.write(new byte[] {'a', (byte) 0xff, (byte) 0xfe, 'b', 0, '\n'});
            return 0;
        });
        assertEquals(new Exited(0, ""), run(INPUT, LIMIT));
        assertEquals(List.of("a\ufffd\ufffdb\0"), lines);
    }

    @Test
    void tooMuchOutputIsCutAndTheEndStillHeard() throws Exception {
        byte[] row = "0123456789abcde\n".repeat(4_096).getBytes(StandardCharsets.US_ASCII);
        start((line, environment, in, out, err) -> {
            write(out, "x".repeat(2 * settings().outputLimit()) + "\n");
            for (int i = 0; i < 4; i++) {
                out.write(row);
                err.write(row);
            }
            write(err, "the end");
            return 3;
        });
        Exited ended = assertInstanceOf(Exited.class, run(INPUT, LIMIT));
        assertEquals(3, ended.code());
        assertTrue(ended.error().endsWith("the end"));
        assertEquals(settings().errorLimit(), ended.error().length());
        assertEquals(settings().outputLimit(), lines.getFirst().length());
        assertEquals(1 + 4 * 4_096, lines.size());
    }

    @Test
    void anAnswerThatComesByteByByteIsRead() throws Exception {
        start((line, environment, in, out, err) -> {
            write(out, "slowly\n");
            return 0;
        });
        server.fail("Receive", Fault.DRIP);
        assertEquals(new Exited(0, ""), run(INPUT, LIMIT));
        assertEquals(List.of("slowly"), lines);
    }

    @Test
    void noThreadStaysBehind() throws Exception {
        start((line, environment, in, out, err) -> 0);
        run(INPUT, LIMIT);
        for (Thread thread : Thread.getAllStackTraces().keySet()) {
            if (thread.getName().matches("(I/O dispatcher|winrm|pool|default-workqueue).*")) {
                thread.join(Duration.ofSeconds(10));
                assertFalse(thread.isAlive(), thread.getName());
            }
        }
    }
}
