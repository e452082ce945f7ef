package io.websip.internal.messaging;

import io.websip.config.UserAgentConfig;
import io.websip.internal.request.RequestFactory;
import io.websip.internal.transaction.ServerTransaction;
import io.websip.internal.transaction.Tokens;
import io.websip.loop.EventLoop;
import io.websip.sip.MediaType;
import io.websip.sip.SipMessageBuilder;
import io.websip.sip.SipMethod;
import io.websip.sip.SipParseException;
import io.websip.sip.SipRequest;
import io.websip.sip.SipResponse;
import io.websip.sip.SipUri;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Answers requests, in the order of checks of RFC 3261 section 8.2: method, Request-URI, To tag, merged, Require, body;
 * what passes goes to the program. Confined to the loop.
 */
public final class Inbox {
    private static final List<String> SUPPORTED = List.of("path", "gruu", "outbound");
    private static final String RETRY_AFTER_SECONDS = "5";

    /** Where a MESSAGE goes that has passed all checks. */
    public interface Receiver {
        /**
         * Takes the message for the program.
         *
         * @return false if it has no room for one more
         */
        boolean deliver(IncomingRequest request);
    }

    private final UserAgentConfig config;
    private final EventLoop loop;
    private final Tokens tokens;
    private final OwnAddresses own;
    private final Receiver receiver;
    private final RecentRequests recent;

    public Inbox(UserAgentConfig config, EventLoop loop, Tokens tokens, OwnAddresses own, Receiver receiver) {
        this.config = config;
        this.loop = loop;
        this.tokens = tokens;
        this.own = own;
        this.receiver = receiver;
        this.recent = new RecentRequests(config.dedupWindow().toNanos());
    }

    public void request(SipRequest request, ServerTransaction transaction) {
        SipMethod method = request.method();
        if (method.equals(SipMethod.CANCEL)) {
            refuse(request, transaction, 481); // no INVITE that it could cancel (RFC 3261 section 9.2)
        } else if (!method.equals(SipMethod.MESSAGE) && !method.equals(SipMethod.OPTIONS)) {
            unsupported(request, transaction, method.isKnown() ? 405 : 501);
        } else if (addressed(request, transaction) && required(request, transaction)) {
            if (method.equals(SipMethod.OPTIONS)) {
                options(request, transaction);
            } else {
                message(request, transaction);
            }
        }
    }

    /** The agent is stopping: nothing is taken any more. */
    public void leaving(SipRequest request, ServerTransaction transaction) {
        refuse(request, transaction, 480);
    }

    private void refuse(SipRequest request, ServerTransaction transaction, int status) {
        transaction.respond(reply(request, status).build());
    }

    private SipMessageBuilder<SipResponse> reply(SipRequest request, int status) {
        return SipResponse.to(request.headers(), status, null, tokens.tag());
    }

    /** RFC 3261 sections 8.2.1 and 21.5.2. */
    private void unsupported(SipRequest request, ServerTransaction transaction, int status) {
        transaction.respond(
                reply(request, status).add("Allow", RequestFactory.ALLOW).build());
    }

    /** RFC 3261 sections 8.2.2.1 and 12.2.2: this agent has no dialogs, so a To tag matches none. */
    private boolean addressed(SipRequest request, ServerTransaction transaction) {
        if (!(request.requestUri() instanceof SipUri uri)) {
            refuse(request, transaction, 416);
            return false;
        }
        if (config.checkRequestUri() && !own.has(uri)) {
            refuse(request, transaction, 404);
            return false;
        }
        if (request.to().tag().isPresent()) {
            refuse(request, transaction, 481);
            return false;
        }
        return true;
    }

    /** RFC 3261 section 8.2.2.3: this agent needs no extension to take a message. */
    private boolean required(SipRequest request, ServerTransaction transaction) {
        List<String> unknown = request.headers().list("Require").stream()
                .filter(tag -> !SUPPORTED.contains(tag.toLowerCase(Locale.ROOT)))
                .toList();
        if (unknown.isEmpty()) {
            return true;
        }
        if (unknown.stream().anyMatch(Inbox::holdsControl)) {
            refuse(request, transaction, 400); // no option tag, and not to be written into an answer
            return false;
        }
        transaction.respond(reply(request, 420)
                .add("Unsupported", String.join(", ", unknown))
                .build());
        return false;
    }

    private static boolean holdsControl(String tag) {
        return tag.chars().anyMatch(Character::isISOControl);
    }

    /** RFC 3261 section 11.2. */
    private void options(SipRequest request, ServerTransaction transaction) {
        transaction.respond(reply(request, 200)
                .add("Allow", RequestFactory.ALLOW)
                .add("Accept", accepted())
                .add("Accept-Encoding", "identity")
                .add("Accept-Language", "*")
                .add("Supported", String.join(", ", SUPPORTED))
                .build());
    }

    private String accepted() {
        return config.accept().stream().map(MediaType::toString).collect(Collectors.joining(", "));
    }

    private void message(SipRequest request, ServerTransaction transaction) {
        long now = loop.nanoTime();
        RecentRequests.Entry earlier = recent.find(request, now);
        if (earlier != null) {
            repeated(request, transaction, earlier);
            return;
        }
        if (!acceptable(request, transaction)) {
            return;
        }
        RecentRequests.Entry entry = recent.add(request, now);
        IncomingRequest incoming = new IncomingRequest(request, transaction, tokens.tag(), entry);
        transaction.user(incoming);
        if (!receiver.deliver(incoming)) {
            incoming.answer(503, null, List.of("Retry-After", RETRY_AFTER_SECONDS));
            recent.remove(request);
        }
    }

    /** The same request again gets the same answer; a forked copy of it is merged (RFC 3261 section 8.2.2.2). */
    private void repeated(SipRequest request, ServerTransaction transaction, RecentRequests.Entry earlier) {
        if (!earlier.sameWay(request)) {
            refuse(request, transaction, 482);
            return;
        }
        SipResponse answer = earlier.answer();
        if (answer != null) {
            transaction.respond(answer);
        } else {
            transaction.respond(SipResponse.to(request.headers(), 100, null, null)
                    .build()); // nobody holds this copy until the program answers the first
        }
    }

    /** RFC 3261 section 8.2.3 and RFC 3428 section 7; an optional body may be of any type. */
    private boolean acceptable(SipRequest request, ServerTransaction transaction) {
        if (request.headers().first("Content-Type").isPresent()
                && request.contentType().isEmpty()) {
            refuse(request, transaction, 400);
            return false;
        }
        if (isOptional(request)) {
            return true;
        }
        List<String> encodings = request.headers().list("Content-Encoding").stream()
                .filter(encoding -> !encoding.equalsIgnoreCase("identity"))
                .toList();
        if (!encodings.isEmpty()) {
            transaction.respond(reply(request, 415)
                    .add("Accept-Encoding", "identity")
                    .add("Accept", accepted())
                    .build());
            return false;
        }
        MediaType type = request.contentType().orElse(null);
        if (type != null && !isAccepted(type)) {
            transaction.respond(reply(request, 415).add("Accept", accepted()).build());
            return false;
        }
        return true;
    }

    private boolean isAccepted(MediaType type) {
        for (MediaType range : config.accept()) {
            if (range.includes(type)) {
                return true;
            }
        }
        return false;
    }

    private static boolean isOptional(SipRequest request) {
        @Nullable
        String disposition = request.headers().first("Content-Disposition").orElse(null);
        if (disposition == null) {
            return false;
        }
        try {
            // the grammar of its parameters is that of a media type's (RFC 3261 section 20.11)
            return MediaType.parse("x/" + disposition)
                    .parameters()
                    .get("handling")
                    .filter("optional"::equalsIgnoreCase)
                    .isPresent();
        } catch (SipParseException e) {
            return false;
        }
    }
}
