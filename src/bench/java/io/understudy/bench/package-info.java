/** How fast the core is; run by the profile bench, and no part of the application. */
package io.understudy.bench;
