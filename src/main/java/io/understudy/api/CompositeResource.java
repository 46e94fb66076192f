package io.understudy.api;

import io.smallrye.common.annotation.RunOnVirtualThread;
import io.understudy.control.Composites;
import io.understudy.control.Present;
import io.understudy.estate.PoolFqdn;
import io.understudy.estate.SiteName;
import io.understudy.runbook.Composite;
import io.understudy.runbook.Handbook;
import jakarta.annotation.security.RolesAllowed;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import org.jspecify.annotations.Nullable;

/** Documents of what takes several runs. */
@Path("/api/v1")
@Singleton
@RunOnVirtualThread
@Produces({MediaType.APPLICATION_JSON, "text/markdown"})
@RolesAllowed(Roles.VIEWER)
class CompositeResource {

    private final Watched watched;
    private final Composites composites;

    @Inject
    CompositeResource(Watched watched, Composites composites) {
        this.watched = watched;
        this.composites = composites;
    }

    @GET
    @Path("/sites/{name}/runbook")
    public Response site(
            @PathParam("name") String name,
            @QueryParam("format") @Nullable String format,
            @Context HttpHeaders headers) {
        Form form = Form.ofReport(format, headers);
        SiteName site = Parameters.named("name", name, SiteName::new).orElseThrow();
        if (watched.estate().site(site).isEmpty()) {
            throw missing("The estate has no site " + site + ".");
        }
        return answer(form, composites.site(watched.present(), site));
    }

    @GET
    @Path("/pools/{fqdn}/swap-test")
    public Response swapTest(
            @PathParam("fqdn") String fqdn,
            @QueryParam("format") @Nullable String format,
            @Context HttpHeaders headers) {
        Form form = Form.ofReport(format, headers);
        PoolFqdn name = Parameters.named("fqdn", fqdn, PoolFqdn::new).orElseThrow();
        Present now = watched.present();
        return now.estate()
                .body()
                .pool(name)
                .flatMap(pool -> composites.swapTest(now, pool))
                .map(test -> answer(form, test))
                .orElseThrow(() -> missing("The estate has no pair of a pool " + name + "."));
    }

    private static Response answer(Form form, Composite composite) {
        Object body =
                form == Form.MARKDOWN ? Handbook.markdown(composite) : CompositeView.of(composite);
        return Response.ok(body, form.mediaType())
                .header(HttpHeaders.VARY, HttpHeaders.ACCEPT)
                .build();
    }

    private static RuntimeException missing(String what) {
        return Problem.of(ProblemType.NOT_FOUND, what).exception();
    }
}
