package io.understudy.document;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.understudy.decision.DataLoss;
import io.understudy.decision.Decision;
import io.understudy.decision.GateClause;
import io.understudy.decision.Interruption;
import io.understudy.decision.Rejected;
import io.understudy.decision.Remedy;
import io.understudy.estate.ComponentId;
import io.understudy.estate.DatabaseType;
import io.understudy.estate.SqlInstance;
import java.util.List;

/** How the API shows a decision: what, why, what is proven, and what else was ruled out. */
public final class DecisionDocument {

    private DecisionDocument() {}

    public static ObjectNode write(Decision decision) {
        ObjectNode document = Tree.object().put("order", decision.order());
        ArrayNode after = document.putArray("after");
        decision.after().forEach(after::add);
        document.put("remediation", decision.remediation().name())
                .put("target", decision.target().toString());
        write(decision.remedy(), document);
        document.put("rule", decision.rule())
                .put("mode", decision.mode().name())
                .put("approvalsRequired", decision.approvalsRequired());
        write(decision.dataLoss(), document.putObject("dataLoss"));
        write(decision.interruption(), document.putObject("interruption"));
        document.put("reason", decision.reason());
        ArrayNode gate = document.putArray("gate");
        decision.gate().forEach(clause -> write(clause, gate.addObject()));
        ArrayNode rejected = document.putArray("rejected");
        decision.rejected().forEach(other -> write(other, rejected.addObject()));
        return decision.blocked() ? document.put("blocked", true) : document;
    }

    private static void write(Remedy remedy, ObjectNode to) {
        switch (remedy) {
            case Remedy.None _ -> {}
            case Remedy.Wait wait -> to.put("until", wait.until().toString());
            case Remedy.Repair repair -> {
                to.put("first", repair.first());
                Tree.text(to, "before", repair.before());
            }
            case Remedy.MirrorFailover failover -> moved(to, failover.to(), failover.types());
            case Remedy.ForcedMirrorFailover forced -> moved(to, forced.to(), forced.types());
            case Remedy.PrincipalAlignment aligned -> moved(to, aligned.to(), aligned.types());
            case Remedy.MirrorFailback back -> moved(to, back.to(), back.types());
            case Remedy.AvailabilityGroupFailover failover ->
                    to.put("to", ComponentId.of(failover.to()).toString());
            case Remedy.ForcedAvailabilityGroupFailover forced ->
                    to.put("to", ComponentId.of(forced.to()).toString());
            case Remedy.QuorumRecovery _ -> {}
            case Remedy.CmsFailover failover ->
                    to.put("to", ComponentId.of(failover.to()).toString());
            case Remedy.EdgeNextHopChange change ->
                    to.put("to", ComponentId.of(change.to()).toString());
            case Remedy.PoolFailover failover ->
                    to.put("to", ComponentId.of(failover.to()).toString())
                            .put("disasterMode", failover.disasterMode());
            case Remedy.PoolFailback back ->
                    to.put("from", ComponentId.of(back.from()).toString())
                            .put("disasterMode", back.disasterMode());
            case Remedy.ChatFailover failover ->
                    to.put("to", ComponentId.of(failover.to()).toString());
            case Remedy.ChatFailback back -> to.put("to", ComponentId.of(back.to()).toString());
        }
    }

    private static void moved(ObjectNode document, SqlInstance to, List<DatabaseType> types) {
        document.put("to", ComponentId.of(to).toString());
        Tree.texts(document, "databaseTypes", types);
    }

    private static void write(DataLoss loss, ObjectNode to) {
        switch (loss) {
            case DataLoss.None _ -> to.put("kind", "NONE");
            case DataLoss.Bounded bounded ->
                    to.put("kind", "BOUNDED").put("seconds", seconds(bounded));
            case DataLoss.Unknown _ -> to.put("kind", "UNKNOWN");
        }
    }

    /** A bound is rounded up: it must not promise more than it knows. */
    private static long seconds(DataLoss.Bounded bounded) {
        return bounded.atMost().plusNanos(999_999_999).toSeconds();
    }

    private static void write(GateClause clause, ObjectNode to) {
        to.put("clause", clause.clause().name())
                .put("result", clause.result().name())
                .put("evidence", clause.evidence())
                .put("required", clause.required());
    }

    private static void write(Interruption interruption, ObjectNode to) {
        to.put("who", interruption.who())
                .put("expected", interruption.expected().toString())
                .put("target", interruption.target().toString());
    }

    private static void write(Rejected other, ObjectNode to) {
        to.put("remediation", other.remediation().name())
                .put("because", other.because())
                .put("rule", other.rule());
        other.dataLoss().ifPresent(loss -> write(loss, to.putObject("dataLoss")));
        other.interruption().ifPresent(i -> write(i, to.putObject("interruption")));
    }
}
