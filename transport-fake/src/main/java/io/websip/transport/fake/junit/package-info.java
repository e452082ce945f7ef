/**
 * A JUnit 5 extension that gives each test a network, a SIP server and registered agents. Needs JUnit Jupiter on the class
 * path or module path of the tests.
 *
 * <pre>{@code
 * @RegisterExtension
 * final FakeSip sip = FakeSip.server("ws://sip.example.com").user("alice", "secret").user("bob", "secret");
 *
 * @Test
 * void helloBob() {
 *     List<IncomingMessage> inbox = sip.inbox("bob");
 *     sip.agent("alice").sendMessage("bob", "Hello Bob!").join();
 *     assertThat(inbox).extracting(IncomingMessage::text).containsExactly("Hello Bob!");
 * }
 * }</pre>
 */
@NullMarked
package io.websip.transport.fake.junit;

import org.jspecify.annotations.NullMarked;
