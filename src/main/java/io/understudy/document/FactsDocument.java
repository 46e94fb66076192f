package io.understudy.document;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.understudy.estate.ComponentKind;
import io.understudy.estate.PoolFqdn;
import io.understudy.estate.Position;
import io.understudy.estate.ServerFqdn;
import io.understudy.health.ChatState;
import io.understudy.health.ExportStatus;
import io.understudy.health.Facts;
import io.understudy.health.ImportStatus;
import io.understudy.health.MirroringState;
import io.understudy.health.PoolState;
import io.understudy.health.Safety;
import io.understudy.health.ServiceState;
import io.understudy.health.UpgradeState;
import io.understudy.health.WitnessState;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Function;

/** The facts of an observation, whose fields depend on the kind of component; absent is unknown. */
public final class FactsDocument {

    private FactsDocument() {}

    /** Reads facts whose shape is checked. */
    static Facts read(ComponentKind kind, Cursor facts) {
        if (facts.node().isEmpty()) {
            return new Facts.None();
        }
        return switch (kind) {
            case STORE -> ofStore(facts);
            case POOL -> ofPool(facts);
            case SERVER -> new Facts.OfServer(services(facts.at("services")));
            case SQL, FILE_STORE, SITE, OBSERVER -> new Facts.None();
        };
    }

    private static Facts.OfStore ofStore(Cursor facts) {
        return new Facts.OfStore(
                facts.list("mirroring", FactsDocument::row),
                part(facts, "availabilityGroup", FactsDocument::availabilityGroup),
                part(
                        facts,
                        "logShipping",
                        shipping ->
                                new Facts.ShippedLog(
                                        shipping.duration("lastBackupAge"),
                                        shipping.duration("lastRestoredLatency"))),
                facts.longInteger("redoQueueKb"),
                facts.longInteger("redoRateKbPerSecond"),
                facts.flag("transactionLogFull"),
                facts.optional("forcedServiceAt", Instant::parse));
    }

    private static Facts.MirroringRow row(Cursor row) {
        return new Facts.MirroringRow(
                row.text("database"),
                row.optional("principalOn", Position::valueOf),
                row.constant("state", MirroringState.UNKNOWN),
                row.constant("safety", Safety.UNKNOWN),
                row.constant("witness", WitnessState.UNKNOWN));
    }

    private static Facts.AvailabilityGroup availabilityGroup(Cursor group) {
        return new Facts.AvailabilityGroup(
                group.optional("primaryOn", Position::valueOf),
                group.optional("synchronization", Function.identity()),
                group.optional("failoverMode", Function.identity()),
                group.optional("clusterQuorum", Function.identity()),
                group.flag("failoverReady"),
                group.duration("commitGap"));
    }

    private static Facts.OfPool ofPool(Cursor facts) {
        return new Facts.OfPool(
                facts.optional("poolState", PoolState::valueOf),
                part(
                        facts,
                        "routingGroups",
                        groups ->
                                new Facts.RoutingGroups(
                                        groups.integer("withoutPrimary").orElse(0),
                                        groups.integer("withoutSecondary").orElse(0))),
                facts.list("backupService", FactsDocument::module),
                facts.integer("activeUsers"),
                facts.optional("chatState", ChatState::valueOf),
                part(facts, "centralManagement", FactsDocument::centralManagement),
                facts.optional("nextHopPool", FactsDocument::pool),
                facts.optional("upgradeState", UpgradeState::valueOf),
                facts.flag("gatewaysDown"),
                facts.has("activeServers")
                        ? Optional.of(facts.list("activeServers", FactsDocument::server))
                        : Optional.empty());
    }

    private static String server(Cursor server) {
        return server.checked(() -> new ServerFqdn(server.node().asText()).value());
    }

    private static Facts.BackupModule module(Cursor module) {
        return new Facts.BackupModule(
                module.text("module"),
                module.constant("exportStatus", ExportStatus.UNKNOWN),
                module.constant("importStatus", ImportStatus.UNKNOWN),
                module.optional("lastSteadyAt", Instant::parse));
    }

    private static Facts.CentralManagementState centralManagement(Cursor cms) {
        return new Facts.CentralManagementState(
                cms.text("activeMaster").isBlank()
                        ? Optional.empty()
                        : cms.optional("activeMaster", FactsDocument::pool),
                cms.list(
                        "fileTransferAgents",
                        agent -> agent.checked(() -> pool(agent.node().asText()))),
                cms.flag("replicasUpToDate"));
    }

    private static Map<String, ServiceState> services(Cursor services) {
        Map<String, ServiceState> states = new LinkedHashMap<>();
        for (Map.Entry<String, JsonNode> service : services.node().properties()) {
            states.put(service.getKey(), services.constant(service.getKey(), ServiceState.class));
        }
        return states;
    }

    private static <T> Optional<T> part(Cursor facts, String field, Function<Cursor, T> read) {
        return facts.has(field) ? Optional.of(read.apply(facts.at(field))) : Optional.empty();
    }

    /** The decision compares it with pools of the estate, so it is written as theirs. */
    private static String pool(String fqdn) {
        return new PoolFqdn(fqdn).value();
    }

    public static ObjectNode write(Facts facts) {
        ObjectNode document = Tree.object();
        switch (facts) {
            case Facts.None _ -> {}
            case Facts.OfStore store -> write(store, document);
            case Facts.OfPool pool -> write(pool, document);
            case Facts.OfServer server -> {
                ObjectNode services = document.putObject("services");
                new TreeMap<>(server.services())
                        .forEach((name, state) -> services.put(name, state.name()));
            }
        }
        return document;
    }

    private static void write(Facts.OfStore facts, ObjectNode to) {
        if (!facts.mirroring().isEmpty()) {
            ArrayNode rows = to.putArray("mirroring");
            facts.mirroring().forEach(row -> write(row, rows.addObject()));
        }
        facts.availabilityGroup()
                .ifPresent(group -> write(group, to.putObject("availabilityGroup")));
        facts.logShipping()
                .ifPresent(shipped -> {
                    ObjectNode shipping = to.putObject("logShipping");
                    Tree.text(shipping, "lastBackupAge", shipped.lastBackupAge());
                    Tree.text(shipping, "lastRestoredLatency", shipped.lastRestoredLatency());
                });
        facts.redoQueueKb().ifPresent(queue -> to.put("redoQueueKb", queue));
        facts.redoRateKbPerSecond().ifPresent(rate -> to.put("redoRateKbPerSecond", rate));
        Tree.flag(to, "transactionLogFull", facts.transactionLogFull());
        Tree.text(to, "forcedServiceAt", facts.forcedServiceAt());
    }

    private static void write(Facts.MirroringRow row, ObjectNode to) {
        to.put("database", row.database());
        Tree.text(to, "principalOn", row.principalOn());
        to.put("state", row.state().name())
                .put("safety", row.safety().name())
                .put("witness", row.witness().name());
    }

    private static void write(Facts.AvailabilityGroup group, ObjectNode to) {
        Tree.text(to, "primaryOn", group.primaryOn());
        Tree.text(to, "synchronization", group.synchronization());
        Tree.text(to, "failoverMode", group.failoverMode());
        Tree.text(to, "clusterQuorum", group.clusterQuorum());
        Tree.flag(to, "failoverReady", group.failoverReady());
        Tree.text(to, "commitGap", group.commitGap());
    }

    private static void write(Facts.OfPool facts, ObjectNode to) {
        Tree.text(to, "poolState", facts.poolState());
        facts.routingGroups()
                .ifPresent(groups ->
                        to.putObject("routingGroups")
                                .put("withoutPrimary", groups.withoutPrimary())
                                .put("withoutSecondary", groups.withoutSecondary()));
        if (!facts.backupService().isEmpty()) {
            ArrayNode modules = to.putArray("backupService");
            facts.backupService().forEach(module -> write(module, modules.addObject()));
        }
        facts.activeUsers().ifPresent(users -> to.put("activeUsers", users));
        Tree.text(to, "chatState", facts.chatState());
        facts.centralManagement()
                .ifPresent(state -> {
                    ObjectNode cms =
                            to.putObject("centralManagement")
                                    .put("activeMaster", state.activeMaster().orElse(""));
                    Tree.texts(cms, "fileTransferAgents", state.fileTransferAgents());
                    Tree.flag(cms, "replicasUpToDate", state.replicasUpToDate());
                });
        Tree.text(to, "nextHopPool", facts.nextHopPool());
        Tree.text(to, "upgradeState", facts.upgradeState());
        Tree.flag(to, "gatewaysDown", facts.gatewaysDown());
        facts.activeServers().ifPresent(servers -> Tree.texts(to, "activeServers", servers));
    }

    private static void write(Facts.BackupModule module, ObjectNode to) {
        to.put("module", module.module())
                .put("exportStatus", module.exportStatus().name())
                .put("importStatus", module.importStatus().name());
        Tree.text(to, "lastSteadyAt", module.lastSteadyAt());
    }
}
