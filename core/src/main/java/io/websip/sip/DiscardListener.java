package io.websip.sip;

/** Is notified of each part of the input that is not used. */
@FunctionalInterface
public interface DiscardListener {
    /**
     * Something was left out.
     *
     * @param why what and by which rule; holds no octet of the peer
     */
    void discarded(Discard kind, String why);
}
