package io.understudy.app;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.understudy.access.FailedLogins;
import io.understudy.access.Refusals;
import io.understudy.api.ApiSeams;
import io.understudy.api.ApiSettings;
import io.understudy.api.LoadLimits;
import io.understudy.api.RequestLimits;
import io.understudy.document.Json;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import java.time.InstantSource;
import java.util.UUID;

/** What the face of the service is made of, beside the ports. */
@Singleton
class ApiWiring {

    @Produces
    @Singleton
    ApiSettings settings(ApiConfiguration configured, Settings settings) {
        return new ApiSettings(
                Math.toIntExact(configured.maxBodySize().asLongValue()),
                configured.futureTolerance(),
                configured.longestValidity(),
                configured.heartbeat(),
                configured.maxEventStreams(),
                configured.maxEventStreamsPerCaller(),
                settings.replica().patience());
    }

    @Produces
    @Singleton
    LoadLimits load(LoadConfiguration configured) {
        return new LoadLimits(
                configured.requests(),
                configured.requestsPerCaller(),
                configured.bodies().asLongValue(),
                configured.bodiesPerCaller().asLongValue(),
                configured.heavyRequests(),
                configured.heavyPatience(),
                configured.retryAfter());
    }

    @Produces
    @Singleton
    RequestLimits limits(ApiConfiguration configured) {
        return new RequestLimits(
                configured.mostHeaders(),
                Math.toIntExact(configured.headerSize().asLongValue()),
                configured.longestAddress(),
                configured.mostParameters(),
                configured.sendTime(),
                configured.strictTransport());
    }

    @Produces
    @Singleton
    FailedLogins logins(LoginConfiguration configured, InstantSource clock) {
        return new FailedLogins(
                new FailedLogins.Limits(
                        configured.mostPerAddress(),
                        configured.mostPerKey(),
                        configured.window(),
                        configured.mostRemembered()),
                clock);
    }

    @Produces
    @Singleton
    Refusals refusals() {
        return new Refusals();
    }

    @Produces
    @Singleton
    ApiSeams seams(InstantSource clock) {
        return new ApiSeams(clock, () -> UUID.randomUUID().toString(), Secrets::next);
    }

    /** Answers are written as documents are. */
    @Produces
    @Singleton
    ObjectMapper json() {
        return Json.mapper();
    }
}
