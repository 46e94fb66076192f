package io.understudy.api;

import io.smallrye.common.annotation.RunOnVirtualThread;
import io.understudy.decision.Remediation;
import io.understudy.decision.rules.Row;
import io.understudy.decision.rules.Table;
import jakarta.annotation.security.RolesAllowed;
import jakarta.inject.Singleton;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import java.util.List;

/** The rows that findings and decisions name in {@code rule}. */
@Path("/api/v1/decision-table")
@Singleton
@RunOnVirtualThread
@Produces(MediaType.APPLICATION_JSON)
@RolesAllowed(Roles.VIEWER)
@Scoped(Scoped.Way.PURE)
class DecisionTableResource {

    /** All rows, in the order of domain.md 8. */
    record TableView(List<RowView> rows) {}

    /**
     * A row.
     *
     * @param watched whether anything of an estate shows that it applies
     */
    record RowView(
            String id,
            Row.Basis basis,
            boolean watched,
            String condition,
            String sentence,
            String cost,
            String mustNot,
            List<Remediation> remediations) {

        static RowView of(Row row) {
            return new RowView(
                    row.id(),
                    row.basis(),
                    row.watched(),
                    row.condition(),
                    row.sentence(),
                    row.cost(),
                    row.mustNot(),
                    row.remediations());
        }
    }

    @GET
    public TableView all() {
        return new TableView(Table.rows().stream().map(RowView::of).toList());
    }
}
