package io.websip.internal.connection;

import io.websip.sip.AuthHeader;
import io.websip.sip.Discard;
import io.websip.sip.DiscardListener;
import io.websip.sip.SipMethod;
import io.websip.sip.SipParseException;
import io.websip.sip.SipResponse;
import java.util.List;

/** Finds the contacts, routes and challenges of a response that can be read by nobody, where somebody will look for them. */
final class OddElements {
    private static final List<String> CHALLENGES = List.of("WWW-Authenticate", "Proxy-Authenticate");
    private static final List<String> ADDRESSES = List.of("Contact", "Service-Route");

    private OddElements() {}

    static void of(SipResponse response, DiscardListener listener) {
        boolean bindings = response.isSuccess() && response.cseq().method().equals(SipMethod.REGISTER);
        if (bindings || response.status() >= 300 && response.status() < 400) {
            for (String name : ADDRESSES) {
                report(name, response.headers().unreadableAddresses(name), listener);
            }
        } else if (response.status() == 401 || response.status() == 407) {
            for (String name : CHALLENGES) {
                report(name, unreadableChallenges(response.headers().all(name)), listener);
            }
        }
    }

    private static int unreadableChallenges(List<String> values) {
        int unreadable = 0;
        for (String value : values) {
            try {
                AuthHeader.parseChallenge(value);
            } catch (SipParseException e) {
                unreadable++;
            }
        }
        return unreadable;
    }

    private static void report(String name, int unreadable, DiscardListener listener) {
        for (int i = 0; i < unreadable; i++) {
            listener.discarded(Discard.MALFORMED_ELEMENT, "a malformed value of " + name);
        }
    }
}
