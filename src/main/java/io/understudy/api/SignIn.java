package io.understudy.api;

import io.quarkus.security.UnauthorizedException;
import io.quarkus.vertx.http.runtime.security.QuarkusHttpUser;
import io.understudy.document.Json;
import io.vertx.core.http.Cookie;
import io.vertx.core.http.CookieSameSite;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpMethod;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;
import java.util.List;

/** Where browsers sign in and out; the identity provider's part of it is done before. */
@Singleton
final class SignIn {

    private static final String SIGN_OUT = "/logout";

    /** Who is signed in. */
    private record Who(String name, List<GrantView> grants) {}

    void routes(@Observes Router router) {
        router.route(HttpMethod.GET, OidcTenants.SIGN_IN).handler(SignIn::who);
        router.route(HttpMethod.POST, SIGN_OUT).handler(SignIn::signOut);
    }

    private static void who(RoutingContext context) {
        if (!(context.user() instanceof QuarkusHttpUser user)) {
            throw new UnauthorizedException();
        }
        Caller caller = Caller.of(user.getSecurityIdentity());
        context.response()
                .putHeader(HttpHeaders.CONTENT_TYPE, "application/json")
                .putHeader(HttpHeaders.CACHE_CONTROL, "no-store")
                .end(Json.write(new Who(caller.name(), GrantView.of(caller.grants()))));
    }

    /** Forgets the session here; at the provider it goes on. */
    private static void signOut(RoutingContext context) {
        context.request().cookies().stream()
                .map(Cookie::getName)
                .filter(name -> name.startsWith(OidcTenants.SESSION_COOKIE))
                .forEach(name ->
                        context.response()
                                .addCookie(
                                        Cookie.cookie(name, "")
                                                .setPath("/")
                                                .setMaxAge(0)
                                                .setHttpOnly(true)
                                                .setSecure(true)
                                                .setSameSite(CookieSameSite.LAX)));
        context.response().setStatusCode(204).end();
    }
}
