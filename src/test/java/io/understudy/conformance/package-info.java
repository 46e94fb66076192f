/**
 * What every executor must keep, as tests that an adapter's own test class inherits. Packed as the
 * archive {@code conformance}, for adapters that live elsewhere.
 *
 * <p>May use the SPI, the core and JUnit only.
 */
package io.understudy.conformance;
