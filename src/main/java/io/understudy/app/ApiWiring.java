package io.understudy.app;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.understudy.api.ApiSeams;
import io.understudy.api.ApiSettings;
import io.understudy.document.Json;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import java.security.SecureRandom;
import java.time.Clock;
import java.util.Base64;
import java.util.UUID;

/** What the face of the service is made of, beside the ports. */
@Singleton
class ApiWiring {

    private static final String KEY_PREFIX = "understudy_";
    private static final int KEY_BYTES = 32;

    @Produces
    @Singleton
    ApiSettings settings(ApiConfiguration configured) {
        return new ApiSettings(
                Math.toIntExact(configured.maxBodySize().asLongValue()),
                configured.futureTolerance(),
                configured.heartbeat(),
                configured.maxEventStreams());
    }

    @Produces
    @Singleton
    ApiSeams seams() {
        return new ApiSeams(
                Clock.systemUTC(), () -> UUID.randomUUID().toString(), ApiWiring::newKey);
    }

    /** Answers are written as documents are. */
    @Produces
    @Singleton
    ObjectMapper json() {
        return Json.mapper();
    }

    /** A new secret: 256 bits of chance behind a word that secret scanners can look for. */
    static String newKey() {
        byte[] chance = new byte[KEY_BYTES];
        new SecureRandom().nextBytes(chance);
        return KEY_PREFIX + Base64.getUrlEncoder().withoutPadding().encodeToString(chance);
    }
}
