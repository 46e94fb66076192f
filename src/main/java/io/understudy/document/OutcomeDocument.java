package io.understudy.document;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.understudy.replay.Difference;
import io.understudy.replay.Outcome;
import io.understudy.replay.Verdict;
import java.util.List;

/** How the API shows what came of a replay. */
public final class OutcomeDocument {

    private OutcomeDocument() {}

    /** Writes it into a document. */
    public static void write(Outcome outcome, ObjectNode to) {
        to.put("same", outcome.same());
        ArrayNode summary = to.putArray("summary");
        outcome.targets().stream()
                .flatMap(target -> target.differences().stream())
                .forEach(difference -> summary.add(difference.sentence()));
        to.put("from", outcome.comparedFrom().toString())
                .put("to", outcome.comparedTo().toString())
                .put("tolerance", outcome.tolerance().toString())
                .put("leftOut", outcome.leftOut());
        Tree.text(to, "divergedAt", outcome.divergedAt());
        ObjectNode measured = to.putObject("measured");
        write(outcome.then(), measured.putObject("then"));
        write(outcome.now(), measured.putObject("now"));
        ArrayNode targets = to.putArray("targets");
        outcome.targets().forEach(target -> write(target, targets.addObject()));
        ArrayNode timeline = to.putArray("timeline");
        outcome.timeline().forEach(line -> write(line, timeline.addObject()));
    }

    private static void write(Outcome.Measured measured, ObjectNode to) {
        Tree.text(to, "decidedAt", measured.decidedAt());
        Tree.text(to, "afterFirstEvidence", measured.after());
    }

    private static void write(Outcome.Target target, ObjectNode to) {
        to.put("target", target.target().toString());
        List<String> results =
                target.differences().stream().map(d -> d.kind().name()).distinct().toList();
        Tree.texts(to, "result", results.isEmpty() ? List.of("SAME") : results);
        ArrayNode differences = to.putArray("differences");
        target.differences().forEach(difference -> write(difference, differences.addObject()));
    }

    private static void write(Difference difference, ObjectNode to) {
        to.put("kind", difference.kind().name()).put("sentence", difference.sentence());
        Tree.text(to, "by", difference.by());
        difference.then().ifPresent(side -> write(side, to.putObject("then")));
        difference.now().ifPresent(side -> write(side, to.putObject("now")));
        if (!difference.gate().isEmpty()) {
            ArrayNode gate = to.putArray("gate");
            difference
                    .gate()
                    .forEach(clause -> {
                        ObjectNode written = gate.addObject().put("clause", clause.clause().name());
                        Tree.text(written, "then", clause.then());
                        Tree.text(written, "now", clause.now());
                    });
        }
    }

    private static void write(Difference.Side side, ObjectNode to) {
        to.put("decidedAt", side.decidedAt().toString());
        Tree.text(to, "until", side.until());
        to.set("decision", VerdictDocument.write(side.verdict()));
    }

    private static void write(Outcome.Line line, ObjectNode to) {
        to.put("at", line.at().toString());
        verdicts(line.then(), to.putArray("then"));
        verdicts(line.now(), to.putArray("now"));
    }

    private static void verdicts(List<Verdict> verdicts, ArrayNode to) {
        verdicts.forEach(verdict -> to.add(VerdictDocument.write(verdict)));
    }
}
