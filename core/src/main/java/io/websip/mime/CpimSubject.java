package io.websip.mime;

/**
 * A subject of a CPIM message (RFC 3862 section 4.5).
 *
 * @param language the tag, such as {@code fr}; {@code i-default} where none is given
 * @param text with its escapes undone: it may hold line breaks and other control characters
 */
public record CpimSubject(String language, String text) {}
