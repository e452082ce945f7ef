package io.websip.internal.registration;

import io.websip.sip.NameAddress;
import io.websip.sip.SipResponse;
import io.websip.sip.SipUri;
import io.websip.sip.Uri;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Finds our own binding among all that a registrar lists (RFC 3261 section 10.2.4). Immutable.
 *
 * <p>Registrars do not always list a Contact as it was sent, but a 2xx lists nothing that is not bound and everything that is
 * (section 10.3, step 8). So ours is, in this order:
 *
 * <ol>
 *   <li>a URI that is equal to our own (section 19.1.4);
 *   <li>one with our instance, and with our reg-id or none;
 *   <li>one whose user part holds our own, which is random and so nobody else's;
 *   <li>the URI under which the last 2xx on this connection listed us;
 *   <li>an element that holds our user part or instance elsewhere, or cannot be read;
 *   <li>the only Contact, unless it names another instance;
 *   <li>our own URI, where there is no Contact at all.
 * </ol>
 *
 * <p>Of several in one step the longest life counts: this REGISTER has just begun it, and what an earlier one has left only
 * runs out. A Contact without life is none. Where several are listed and none is like ours, nobody else's is taken for ours,
 * not even one with our address and port: others may share both.
 */
final class BindingReader {
    /** A random user part of so many characters stands in nothing that was not made of it. */
    private static final int RANDOM = 8;

    private final SipUri contact;
    private final String user; // random, in lower case
    private final String instance;
    private final int regId;

    /** A binding that is ours, and for how long it is. */
    private record Ours(NameAddress contact, long seconds) {}

    /**
     * Looks for the given contact.
     *
     * @param instance the value of +sip.instance that names our device (RFC 5626 section 4.1)
     * @param regId names our flow (RFC 5626 section 4.2)
     */
    BindingReader(SipUri contact, String instance, int regId) {
        this.contact = contact;
        this.user = contact.user().orElse("").toLowerCase(Locale.ROOT);
        this.instance = instance;
        this.regId = regId;
    }

    /**
     * What the 2xx says of our own contact.
     *
     * @param requested the seconds that count where the response says nothing at all
     * @param outboundAsked whether the REGISTER was one of RFC 5626
     * @param listedAs the URI under which the last 2xx on this connection listed us; null if there was none
     * @return empty if our contact is not listed, or with an expiry of zero: then there is no binding
     */
    Optional<Grant> grant(SipResponse response, long requested, boolean outboundAsked, @Nullable Uri listedAs) {
        GrantedTime time = new GrantedTime(response, requested);
        return known(response, time, listedAs)
                .or(() -> named(response, time))
                .or(() -> only(response, time))
                .filter(ours -> ours.seconds > 0)
                .map(ours -> Grant.of(response, ours.contact, ours.seconds, outboundAsked));
    }

    /** Whether the list of a 2xx that grants us nothing can be read whole, so that it says that we are not bound. */
    boolean excludesUs(SipResponse response) {
        return response.contacts().size() >= response.headers().list("Contact").size();
    }

    /** Whether the 2xx to the removal of our contact lists it all the same. What is left of others is not ours. */
    boolean stillListed(SipResponse response, @Nullable Uri listedAs) {
        return response.contacts().stream()
                .filter(listed -> listed.expires().orElse(0) > 0)
                .anyMatch(listed -> isOurContact(listed)
                        || hasOurUser(listed)
                        || isListedAs(listed, listedAs)
                        || isOurInstance(listed) && listed.parameters().contains("reg-id") && hasNoOtherRegId(listed));
    }

    private Optional<Ours> known(SipResponse response, GrantedTime time, @Nullable Uri listedAs) {
        List<NameAddress> all = response.contacts();
        // A binding of an earlier run of this instance may be listed too, so the URI goes first.
        return longest(all, this::isOurContact, time)
                .or(() -> longest(all, listed -> isOurInstance(listed) && hasNoOtherRegId(listed), time))
                .or(() -> longest(all, this::hasOurUser, time))
                .or(() -> longest(all, listed -> isListedAs(listed, listedAs), time));
    }

    private static Optional<Ours> longest(List<NameAddress> all, Predicate<NameAddress> ours, GrantedTime time) {
        return longest(all.stream().filter(ours).map(listed -> new Ours(listed, time.of(listed))));
    }

    private static Optional<Ours> longest(Stream<Ours> ours) {
        return ours.filter(listed -> listed.seconds > 0).max(Comparator.comparingLong(Ours::seconds));
    }

    /** Malformed elements: one that has swallowed a neighbour is of the part that holds our user. */
    private Optional<Ours> named(SipResponse response, GrantedTime time) {
        List<String> naming = response.headers().list("Contact").stream()
                .filter(text -> indexOfUs(text) >= 0)
                .toList();
        return naming.isEmpty()
                ? Optional.empty()
                : longest(naming.stream().map(text -> asSent(time.of(text, indexOfUs(text)))))
                        .or(() -> Optional.of(asSent(0)));
    }

    /** Where the parameters of an element are looked for that holds our user or instance; -1 where it holds neither. */
    private int indexOfUs(String text) {
        String lower = text.toLowerCase(Locale.ROOT);
        int at = lower.indexOf(user.length() < RANDOM ? ":" + user + "@" : user);
        return at < 0 && holdsOurInstance(lower) ? behindBrackets(text) : at;
    }

    /** Also without the quotes, which some registrars leave out. */
    private boolean holdsOurInstance(String lower) {
        int at = lower.indexOf("reg-id=");
        return lower.contains(instance.toLowerCase(Locale.ROOT))
                && (at < 0 || lower.startsWith(Integer.toString(regId), at + "reg-id=".length()));
    }

    private Optional<Ours> only(SipResponse response, GrantedTime time) {
        List<NameAddress> read = response.contacts();
        List<String> all = response.headers().list("Contact");
        if (all.isEmpty()) {
            return Optional.of(asSent(time.ofResponse()));
        }
        if (all.size() > 1 || read.size() > 1) {
            return Optional.empty();
        }
        return read.isEmpty()
                ? Optional.of(asSent(time.of(all.get(0), behindBrackets(all.get(0)))))
                : read.stream()
                        .filter(listed -> !namesInstance(listed) || isOurInstance(listed))
                        .map(listed -> new Ours(listed, time.of(listed)))
                        .findFirst();
    }

    private static int behindBrackets(String text) {
        int i = Math.max(0, text.indexOf('<'));
        while (i < text.length() && text.charAt(i) == '<') {
            i++;
        }
        return i;
    }

    private Ours asSent(long seconds) {
        return new Ours(NameAddress.of(contact), seconds);
    }

    private boolean isOurContact(NameAddress listed) {
        return listed.uri() instanceof SipUri uri && uri.matches(contact);
    }

    private boolean hasOurUser(NameAddress listed) {
        return listed.uri() instanceof SipUri uri
                && uri.user()
                        .map(listedUser -> listedUser.toLowerCase(Locale.ROOT))
                        .filter(listedUser ->
                                listedUser.equals(user) || user.length() >= RANDOM && listedUser.contains(user))
                        .isPresent();
    }

    private static boolean isListedAs(NameAddress listed, @Nullable Uri before) {
        return listed.uri() instanceof SipUri uri && before instanceof SipUri known
                ? uri.matches(known)
                : listed.uri().equals(before);
    }

    private static boolean namesInstance(NameAddress listed) {
        return listed.parameters().contains("+sip.instance");
    }

    private boolean isOurInstance(NameAddress listed) {
        return listed.parameters()
                .get("+sip.instance")
                .filter(instance::equalsIgnoreCase)
                .isPresent();
    }

    /** A registrar that knows no flows may leave out the reg-id. */
    private boolean hasNoOtherRegId(NameAddress listed) {
        return listed.parameters().get("reg-id").stream().allMatch(Integer.toString(regId)::equals);
    }
}
