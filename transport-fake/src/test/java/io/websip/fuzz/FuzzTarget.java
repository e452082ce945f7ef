package io.websip.fuzz;

import io.websip.mime.MimeParseException;
import io.websip.sip.SipParseException;

/** What takes octets of a peer, each with the properties that hold whatever they are. */
enum FuzzTarget {
    /** A whole message: parsing, rewriting, answering. */
    MESSAGE(MessageFuzz::run),
    /** A URI of any scheme, and the comparison of two. */
    URI(UriFuzz::run),
    /** From, To, Contact, Route and their like. */
    ADDRESS(AddressFuzz::run),
    /** Via. */
    VIA(ViaFuzz::run),
    /** Challenges, credentials and Authentication-Info, and what the agent answers to a challenge. */
    CHALLENGE(ChallengeFuzz::run),
    /** CSeq, Content-Type, Date, numbers of seconds, lists. */
    VALUE(ValueFuzz::run),
    /** A header value with and without folds. */
    FOLDING(FoldingFuzz::run),
    /** A CPIM message, alone or as the body of a SIP message. */
    CPIM(CpimFuzz::run),
    /** A multipart with all that is nested in it, and its encodings. */
    MULTIPART(MultipartFuzz::run),
    /** A report about an instant message, bare or in an aggregate. */
    IMDN(ImdnFuzz::run),
    /** That somebody is writing. */
    COMPOSING(ComposingFuzz::run),
    /** The recipients of a message. */
    LIST(ListFuzz::run),
    /** A whole agent in virtual time: octets in, nothing but clean octets out. */
    AGENT(AgentFuzz::run);

    /** Tries one input; whatever it throws but the two checked exceptions is a finding. */
    interface Property {
        void hold(byte[] input) throws SipParseException, MimeParseException;
    }

    private final Property property;

    FuzzTarget(Property property) {
        this.property = property;
    }

    /**
     * Tries one input.
     *
     * @throws AssertionError or any other exception if a property does not hold
     */
    void run(byte[] input) {
        try {
            property.hold(input);
        } catch (SipParseException | MimeParseException e) {
            return; // refused, as most inputs are
        }
    }
}
