package io.understudy.api;

import io.quarkus.vertx.http.runtime.filters.Filters;
import io.quarkus.vertx.http.runtime.security.QuarkusHttpUser;
import io.understudy.access.FailedLogins;
import io.understudy.access.Refusals;
import io.vertx.core.http.HttpHeaders;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.net.InetAddress;
import java.util.HexFormat;
import java.util.List;

/**
 * Lets those wait who have failed too often to show who they are, whatever they show it by: before
 * that is looked at, so that a guess that comes too soon is not even wrong.
 */
@Singleton
final class LoginGuard {

    /** After {@link RequestFilter}, before authentication. */
    private static final int BEFORE_AUTHENTICATION = 390;

    /** Whoever has one address of version 6 has all of its network: 64 bits of it. */
    private static final int NETWORK_BYTES = 8;

    private static final int UNAUTHORIZED = 401;
    private static final int LONGEST_ADDRESS = 64;

    private final FailedLogins logins;
    private final Refusals refusals;

    @Inject
    LoginGuard(FailedLogins logins, Refusals refusals) {
        this.logins = logins;
        this.refusals = refusals;
    }

    void register(@Observes Filters filters) {
        filters.register(this::guard, BEFORE_AUTHENTICATION);
    }

    private void guard(RoutingContext context) {
        List<String> shown = context.request().headers().getAll(HttpHeaders.AUTHORIZATION);
        if (shown.isEmpty()) {
            context.next();
            return;
        }
        String key = ShownKey.id(shown);
        String address = address(context);
        logins.toWait(address, key)
                .ifPresentOrElse(
                        wait -> {
                            refusals.count("LOGIN_TOO_SOON");
                            RequestFilter.refuse(
                                    context,
                                    Problem.of(
                                                    ProblemType.TOO_MANY_FAILURES,
                                                    "From this address, or with this key, it was"
                                                            + " tried too often.")
                                            .after(wait));
                        },
                        () -> {
                            context.addHeadersEndHandler(_ -> note(context, address, key));
                            context.next();
                        });
    }

    private void note(RoutingContext context, String address, String key) {
        boolean known =
                context.user() instanceof QuarkusHttpUser user
                        && !user.getSecurityIdentity().isAnonymous();
        if (context.response().getStatusCode() != UNAUTHORIZED) {
            if (known) {
                logins.succeeded(key);
            }
        } else if (known) {
            logins.failedBeside(address);
        } else {
            refusals.count("LOGIN_FAILED");
            logins.failed(address, key);
        }
    }

    /**
     * Where a request comes from; what a proxy says of that counts only where
     * quarkus.http.proxy.proxy-address-forwarding trusts it.
     */
    private static String address(RoutingContext context) {
        String address = String.valueOf(context.request().remoteAddress().hostAddress());
        if (address.indexOf(':') < 0) {
            return address.substring(0, Math.min(address.length(), LONGEST_ADDRESS));
        }
        try {
            byte[] bytes = InetAddress.ofLiteral(address.replaceAll("%.*", "")).getAddress();
            return HexFormat.of().formatHex(bytes, 0, Math.min(bytes.length, NETWORK_BYTES));
        } catch (IllegalArgumentException e) {
            return "no address";
        }
    }
}
