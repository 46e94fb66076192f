package io.understudy.api;

import com.fasterxml.jackson.databind.JsonNode;
import io.understudy.document.DecisionDocument;
import io.understudy.runbook.Composite;
import io.understudy.runbook.Handbook;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.Response;
import java.util.List;
import java.util.Optional;

/** Runbooks that belong together, as they are shown. */
record CompositeView(
        String title,
        List<String> before,
        List<Part> parts,
        List<String> besides,
        List<Composite.ByHand> byHand) {

    /** One runbook, and whether a run of it may be opened now. */
    record Part(String standing, Optional<JsonNode> decision, RunbookView runbook) {

        static Part of(Composite.Part part) {
            return new Part(
                    part.standing(),
                    part.decision().map(DecisionDocument::write),
                    RunbookView.of(part.runbook()));
        }
    }

    /** As a page for people or as data. */
    static Response answer(Composite composite, Form form) {
        Object body = form == Form.MARKDOWN ? Handbook.markdown(composite) : of(composite);
        return Response.ok(body, form.mediaType())
                .header(HttpHeaders.VARY, HttpHeaders.ACCEPT)
                .build();
    }

    static CompositeView of(Composite composite) {
        return new CompositeView(
                composite.title(),
                composite.before(),
                composite.parts().stream().map(Part::of).toList(),
                composite.besides(),
                composite.byHand());
    }
}
