package io.understudy.document;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.understudy.decision.Finding;

/** How the API shows a finding. */
public final class FindingDocument {

    private FindingDocument() {}

    public static ObjectNode write(Finding finding) {
        ObjectNode document = Tree.object()
                .put("code", finding.code().name())
                .put("target", finding.target().toString())
                .put("rule", finding.rule())
                .put("severity", finding.severity().name())
                .put("since", finding.since().toString())
                .put("confirmed", finding.confirmed());
        Tree.texts(document, "evidence", finding.evidence());
        return document;
    }
}
