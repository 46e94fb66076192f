package io.understudy.adapter.powershell;

import com.fasterxml.jackson.databind.JsonNode;
import io.understudy.adapter.spi.Probe.Reading;
import io.understudy.estate.ComponentId;
import io.understudy.estate.ComponentKind;
import io.understudy.estate.Pool;
import io.understudy.health.ChatState;
import io.understudy.health.ExportStatus;
import io.understudy.health.Facts;
import io.understudy.health.ImportStatus;
import io.understudy.health.PoolState;
import io.understudy.health.ServiceState;
import io.understudy.health.Status;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;

/** From what the read-only scripts tell to facts; words that are not known count as not told. */
final class ShellFacts {

    private static final int LONGEST_DETAIL = 2000;

    private ShellFacts() {}

    static Reading reading(JsonNode told, ComponentId component, Pool pool) {
        Reading reading =
                component.kind() == ComponentKind.SERVER ? server(told, pool) : pool(told);
        String troubles = String.join("; ", texts(told.path("troubles")));
        String detail = troubles.isEmpty() ? reading.detail() : reading.detail() + "; " + troubles;
        return new Reading(
                reading.status(),
                reading.facts(),
                detail.length() <= LONGEST_DETAIL ? detail : detail.substring(0, LONGEST_DETAIL));
    }

    private static Reading server(JsonNode told, Pool pool) {
        Map<String, ServiceState> services = new HashMap<>();
        told.path("services")
                .properties()
                .forEach(entry ->
                        services.put(
                                entry.getKey(),
                                word(ServiceState.class, entry.getValue().asText())
                                        .orElse(ServiceState.UNKNOWN)));
        if (services.isEmpty()) {
            boolean silent = told.path("silent").asBoolean();
            return new Reading(
                    silent ? Status.DOWN : Status.UNKNOWN,
                    new Facts.None(),
                    silent ? "it cannot be reached" : "no service is told");
        }
        String work = PowerShellProbe.service(pool.role());
        ServiceState state = services.getOrDefault(work, ServiceState.UNKNOWN);
        return new Reading(
                state == ServiceState.RUNNING ? Status.UP : Status.DEGRADED,
                new Facts.OfServer(services),
                work + " is " + state);
    }

    private static Reading pool(JsonNode told) {
        int serving = told.path("serving").asInt();
        int others = told.path("idle").asInt() + told.path("silent").asInt();
        int unknown = told.path("unknown").asInt();
        String detail = serving + " of " + (serving + others + unknown) + " servers serve";
        Status status = Status.UP;
        if (serving == 0) {
            status = unknown > 0 || others == 0 ? Status.UNKNOWN : Status.DOWN;
        }
        return new Reading(status, facts(told), detail);
    }

    private static Facts facts(JsonNode told) {
        List<Facts.BackupModule> modules = new ArrayList<>();
        for (JsonNode module : told.path("backupModules")) {
            modules.add(
                    new Facts.BackupModule(
                            module.path("identity").asText(),
                            word(ExportStatus.class, module.path("exportStatus").asText())
                                    .orElse(ExportStatus.UNKNOWN),
                            word(ImportStatus.class, module.path("importStatus").asText())
                                    .orElse(ImportStatus.UNKNOWN),
                            Optional.empty()));
        }
        return new Facts.OfPool(
                word(PoolState.class, told.path("poolState").asText()),
                Optional.empty(),
                modules,
                OptionalInt.empty(),
                word(ChatState.class, told.path("chatState").asText()),
                centralManagement(told),
                text(told.path("nextHopPool")),
                Optional.empty(),
                Optional.empty(),
                told.has("activeServers")
                        ? Optional.of(texts(told.path("activeServers")))
                        : Optional.empty());
    }

    private static Optional<Facts.CentralManagementState> centralManagement(JsonNode told) {
        if (!told.has("activeMaster")) {
            return Optional.empty();
        }
        JsonNode all = told.path("replicasUpToDate");
        return Optional.of(
                new Facts.CentralManagementState(
                        text(told.path("activeMaster")),
                        texts(told.path("fileTransferAgents")),
                        all.isBoolean() ? Optional.of(all.asBoolean()) : Optional.empty()));
    }

    private static Optional<String> text(JsonNode told) {
        String text = told.asText().toLowerCase(Locale.ROOT);
        return text.isEmpty() ? Optional.empty() : Optional.of(text);
    }

    private static List<String> texts(JsonNode told) {
        List<String> all = new ArrayList<>();
        told.forEach(one -> all.add(one.asText()));
        return all;
    }

    /** FAILED_OVER for FailedOver. */
    private static <E extends Enum<E>> Optional<E> word(Class<E> type, String text) {
        String name = text.replaceAll("([a-z])([A-Z])", "$1_$2").toUpperCase(Locale.ROOT);
        for (E constant : type.getEnumConstants()) {
            if (constant.name().equals(name)) {
                return Optional.of(constant);
            }
        }
        return Optional.empty();
    }
}
