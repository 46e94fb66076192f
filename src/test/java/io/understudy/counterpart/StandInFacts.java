package io.understudy.counterpart;

import com.fasterxml.jackson.databind.JsonNode;
import io.understudy.adapter.spi.Probe;
import io.understudy.estate.ComponentId;
import io.understudy.health.Facts;
import io.understudy.health.Status;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** What the read-only scripts tell, in the words of the cmdlets. */
final class StandInFacts {

    private StandInFacts() {}

    static ComponentId component(JsonNode envelope) {
        JsonNode told = envelope.path("parameters");
        return ComponentId.parse(
                told.has("Server")
                        ? "server:" + told.path("Server").asText()
                        : "pool:" + told.path("Pool").asText());
    }

    static Map<String, Object> of(Probe.Reading reading) {
        Map<String, Object> told = new LinkedHashMap<>();
        boolean known = reading.status() != Status.UNKNOWN;
        told.put(
                "silent", reading.status() == Status.DOWN && reading.facts() instanceof Facts.None);
        told.put("troubles", known ? List.of() : List.of(reading.detail()));
        switch (reading.facts()) {
            case Facts.OfPool pool -> {
                told.put("silent", 0);
                told.put("serving", reading.status() == Status.DOWN ? 0 : 2);
                told.put("idle", reading.status() == Status.UP ? 0 : 1);
                told.put("unknown", known ? 0 : 3);
                pool(pool, told);
            }
            case Facts.OfServer server -> {
                Map<String, String> services = new LinkedHashMap<>();
                server.services().forEach((name, state) -> services.put(name, word(state)));
                told.put("services", services);
            }
            case Facts.OfStore _, Facts.None _ -> {}
        }
        return told;
    }

    private static void pool(Facts.OfPool pool, Map<String, Object> told) {
        pool.poolState().ifPresent(state -> told.put("poolState", word(state)));
        pool.chatState().ifPresent(state -> told.put("chatState", word(state)));
        pool.nextHopPool().ifPresent(to -> told.put("nextHopPool", to));
        pool.activeServers().ifPresent(servers -> told.put("activeServers", servers));
        told.put(
                "backupModules",
                pool.backupService().stream()
                        .map(module ->
                                Map.of(
                                        "identity", module.module(),
                                        "exportStatus", word(module.exportStatus()),
                                        "importStatus", word(module.importStatus())))
                        .toList());
        pool.centralManagement()
                .ifPresent(cms -> {
                    told.put("activeMaster", cms.activeMaster().orElse(""));
                    told.put("fileTransferAgents", List.copyOf(cms.fileTransferAgents()));
                    cms.replicasUpToDate().ifPresent(all -> told.put("replicasUpToDate", all));
                });
    }

    /** FailedOver for FAILED_OVER. */
    private static String word(Enum<?> constant) {
        StringBuilder word = new StringBuilder();
        for (String part : constant.name().split("_", -1)) {
            word.append(part.charAt(0))
                    .append(part.substring(1).toLowerCase(java.util.Locale.ROOT));
        }
        return word.toString();
    }
}
