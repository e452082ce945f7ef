package io.websip.internal.jfr;

import jdk.jfr.Description;
import jdk.jfr.Label;
import jdk.jfr.Name;

/** A REGISTER up to its outcome. */
@Name("io.websip.Registration")
@Label("Registration")
@Description("A REGISTER up to its outcome, over all its challenges")
final class RegistrationRecording extends SpanRecording {
    @Label("Registrar")
    final String registrar;

    @Label("Status")
    @Description("Of the final response; 0 if there was none")
    int status;

    RegistrationRecording(String registrar) {
        this.registrar = registrar;
    }

    @Override
    void status(int code) {
        status = code;
    }
}
