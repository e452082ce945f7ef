package io.websip.internal.transaction;

/**
 * How many messages a layer has not passed on since its connection began. Immutable: a snapshot.
 *
 * @param unmatchedResponses responses to no live transaction: none has their branch, or it has another method
 * @param foreignResponses responses whose top Via was not made by us (RFC 3261 section 18.1.2)
 * @param responsesWithSeveralVias responses that were meant for somebody behind us (RFC 3261 section 8.1.3.3)
 * @param acks ACK, which is never answered
 * @param refusedRequests requests answered 503, since too many were pending
 */
public record Discarded(
        long unmatchedResponses,
        long foreignResponses,
        long responsesWithSeveralVias,
        long acks,
        long refusedRequests) {}
