package io.websip.mime;

/**
 * A metadata header of a CPIM message (RFC 3862 section 3.4).
 *
 * @param namespace the URI that its prefix stands for
 * @param name without the prefix; the case of its letters counts
 * @param value with its escapes undone: it may hold line breaks and other control characters
 */
public record CpimHeader(String namespace, String name, String value) {}
