package io.understudy.adapter.powershell;

import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.Map;

/** What PowerShell is handed in a shell that has no standard input for us. */
final class WinRmInput {

    /** The envelope's variables are named so, with 0, 1, … behind. */
    static final String VARIABLE = "UNDERSTUDY_INPUT_";

    /** cmd.exe, which starts the command, takes no more of a command line or a variable. */
    private static final int MOST_OF_CMD = 8_191;

    private static final int PIECE = 8_000;
    private static final String POWERSHELL =
            "powershell.exe -NoProfile -NonInteractive -EncodedCommand ";

    private WinRmInput() {}

    /**
     * The command line that starts PowerShell with a constant script.
     *
     * @throws IllegalArgumentException when the script is longer than a command line may be
     */
    static String commandLine(String bootstrap) {
        byte[] script = bootstrap.getBytes(StandardCharsets.UTF_16LE);
        String line = POWERSHELL + Base64.getEncoder().encodeToString(script);
        if (line.length() > MOST_OF_CMD) {
            throw new IllegalArgumentException(
                    "a bootstrap of "
                            + bootstrap.length()
                            + " characters makes a command line of "
                            + line.length()
                            + ", and WinRM takes "
                            + MOST_OF_CMD);
        }
        return line;
    }

    /** The envelope as variables: its UTF-8 in base64, cut into pieces. */
    static Map<String, String> environment(String envelope) {
        String text = Base64.getEncoder().encodeToString(envelope.getBytes(StandardCharsets.UTF_8));
        Map<String, String> variables = new LinkedHashMap<>();
        for (int start = 0; start < text.length(); start += PIECE) {
            variables.put(
                    VARIABLE + variables.size(),
                    text.substring(start, Math.min(text.length(), start + PIECE)));
        }
        return variables;
    }
}
