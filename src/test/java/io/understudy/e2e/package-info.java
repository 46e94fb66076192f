/** The packaged service as its users meet it: started as a process, asked over HTTP, killed. */
package io.understudy.e2e;
