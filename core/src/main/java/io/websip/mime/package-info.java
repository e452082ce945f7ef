/**
 * The language of bodies, as immutable values over octets: the contents of instant messages, and documents about them. It needs no
 * agent.
 *
 * <ul>
 *   <li>{@link io.websip.mime.Cpim}: a message with metadata that survives gateways and stores (RFC 3862), and the request for
 *       reports in it (RFC 5438).
 *   <li>{@link io.websip.mime.Multipart} and {@link io.websip.mime.BodyPart}: several contents in one body (RFC 2046, RFC 5621), with
 *       their types, names and encodings.
 *   <li>{@link io.websip.mime.Imdn}: a report that a message was delivered, displayed or has failed (RFC 5438).
 *   <li>{@link io.websip.mime.IsComposing}: that a peer is writing (RFC 3994).
 *   <li>{@link io.websip.mime.ResourceList}: the recipients of a message (RFC 4826, RFC 5364).
 * </ul>
 *
 * <p>Writing is strict: it takes the form that every known peer reads, and refuses a value that it cannot write with an {@link
 * IllegalArgumentException} that names value and rule. Reading is wide. It throws {@link io.websip.mime.MimeParseException} and
 * nothing else, whatever the input; its cost is in proportion to the input's size, within {@link io.websip.mime.MimeLimits}.
 *
 * <pre>{@code
 * Cpim message = Cpim.builder()
 *         .from(SipUri.of("sip:alice@example.com"))
 *         .to(SipUri.of("sip:bob@example.com"))
 *         .dateTime(Instant.now())
 *         .messageId("Qm9iLXdhcy1oZXJlLTE")
 *         .request(NotificationRequest.POSITIVE_DELIVERY, NotificationRequest.DISPLAY)
 *         .content(BodyPart.text("Hello Bob!"))
 *         .build();
 * byte[] body = message.toBytes(); // to be sent as message/cpim
 *
 * Cpim received = Cpim.parse(body);
 * String text = received.content().text();
 * Imdn report = Imdn.builder(Imdn.Kind.DELIVERY, Imdn.Status.DELIVERED)
 *         .messageId(received.messageId().orElseThrow())
 *         .dateTime(received.dateTime().orElseThrow())
 *         .recipient(received.to().get(0).uri())
 *         .build();
 * }</pre>
 */
@NullMarked
package io.websip.mime;

import org.jspecify.annotations.NullMarked;
