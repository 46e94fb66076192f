package io.understudy.document;

/** How a document is written. */
public enum Format {
    JSON,
    YAML
}
