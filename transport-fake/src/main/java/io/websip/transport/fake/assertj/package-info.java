/**
 * AssertJ assertions for SIP requests and responses. Needs AssertJ on the class path or module path of the tests.
 *
 * <pre>{@code
 * import static io.websip.transport.fake.assertj.SipAssertions.assertThat;
 *
 * assertThat(server.takeRequest(SipMethod.MESSAGE))
 *         .isFrom("sip:alice@example.com")
 *         .isTo("sip:bob@example.com")
 *         .hasContentType("text/plain")
 *         .hasBody("Hello Bob!");
 * }</pre>
 */
@NullMarked
package io.websip.transport.fake.assertj;

import org.jspecify.annotations.NullMarked;
