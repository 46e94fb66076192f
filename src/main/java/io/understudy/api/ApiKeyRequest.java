package io.understudy.api;

import io.quarkus.security.identity.request.BaseAuthenticationRequest;

/** A key that wants to be known. */
final class ApiKeyRequest extends BaseAuthenticationRequest {

    private final String key;

    ApiKeyRequest(String key) {
        this.key = key;
    }

    String key() {
        return key;
    }
}
