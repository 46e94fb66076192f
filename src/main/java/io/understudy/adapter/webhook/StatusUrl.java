package io.understudy.adapter.webhook;

import io.understudy.adapter.spi.StepCall;
import java.net.URI;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;

/** Where it is asked how one order stands. */
final class StatusUrl {

    private StatusUrl() {}

    static URI of(URI status, StepCall call) {
        String query =
                "run="
                        + URLEncoder.encode(call.runId(), StandardCharsets.UTF_8)
                        + "&step="
                        + call.stepNumber()
                        + "&attempt="
                        + call.attempt();
        String url = status.toString();
        return URI.create(url + (status.getRawQuery() == null ? "?" : "&") + query);
    }
}
