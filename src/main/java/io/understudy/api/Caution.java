package io.understudy.api;

import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.ext.web.RoutingContext;
import java.time.Duration;

/** The headers by which every answer tells browsers and caches to be careful. */
final class Caution {

    /** Answers that no browser shall take for a page. */
    private static final String NO_PAGE =
            "default-src 'none'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'";

    /** Pages, of which everything comes from here. */
    private static final String PAGE =
            "default-src 'self'; object-src 'none'; base-uri 'none'; form-action 'self';"
                    + " frame-ancestors 'none'";

    private Caution() {}

    /** Puts them, so that they stand there whoever answers. */
    static void put(RoutingContext context, Duration strictTransport) {
        HttpServerResponse response = context.response();
        boolean page = isPage(context.normalizedPath());
        response.putHeader("X-Content-Type-Options", "nosniff");
        response.putHeader("X-Frame-Options", "DENY");
        response.putHeader("Referrer-Policy", "no-referrer");
        response.putHeader("Cross-Origin-Resource-Policy", "same-origin");
        response.putHeader("Cross-Origin-Opener-Policy", "same-origin");
        response.putHeader("Content-Security-Policy", page ? PAGE : NO_PAGE);
        if (!page) {
            response.putHeader(HttpHeaders.CACHE_CONTROL, "no-store");
        }
        if ("https".equals(context.request().scheme()) && strictTransport.isPositive()) {
            response.putHeader(
                    "Strict-Transport-Security", "max-age=" + strictTransport.toSeconds());
        }
    }

    /**
     * Everything but the API, the contract and what Quarkus offers is a page, or part of one.
     *
     * @param path by which a request is routed: the API is at //api, too
     */
    private static boolean isPage(String path) {
        return !path.startsWith("/api") && !path.startsWith("/q") && !path.startsWith("/openapi");
    }
}
