package io.websip.fuzz;

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
    /** A whole agent in virtual time: octets in, nothing but clean octets out. */
    AGENT(AgentFuzz::run);

    /** Tries one input; whatever it throws but {@link SipParseException} is a finding. */
    interface Property {
        void hold(byte[] input) throws SipParseException;
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
        } catch (SipParseException e) {
            return; // refused, as most inputs are
        }
    }
}
