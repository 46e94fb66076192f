/** An estate and observations of it, for tests. */
package io.understudy.testing;
