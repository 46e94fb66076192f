/**
 * Has actions carried out by other people's services, by signed HTTP requests.
 *
 * <p>May use the core, the SPI and documents. Safe on any thread; calls block up to the step's time
 * limit.
 */
@NullMarked
package io.understudy.adapter.webhook;

import org.jspecify.annotations.NullMarked;
