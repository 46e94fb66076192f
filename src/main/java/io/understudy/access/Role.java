package io.understudy.access;

/**
 * What a key is for (product.md): monitors only post what they saw, approvers approve, admins do
 * everything.
 */
public enum Role {
    VIEWER,
    MONITOR,
    OPERATOR,
    APPROVER,
    ADMIN
}
