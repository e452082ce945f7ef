/** The language of bodies: what is read and written, octet by octet. */
@NullMarked
package io.websip.mime;

import org.jspecify.annotations.NullMarked;
