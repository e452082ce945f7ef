package io.websip.bench.runner;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import java.io.IOException;
import java.io.StringWriter;

/** Every value of every pass as JSON. */
final class Json {
    private Json() {}

    static String of(Samples samples, String where) throws IOException {
        StringWriter text = new StringWriter();
        try (JsonGenerator out = new JsonFactory().createGenerator(text).useDefaultPrettyPrinter()) {
            out.writeStartObject();
            out.writeStringField("where", where);
            out.writeArrayFieldStart("measures");
            for (Measure measure : Measure.values()) {
                for (String who : samples.measured(measure)) {
                    out.writeStartObject();
                    out.writeStringField("measure", measure.title());
                    out.writeStringField("unit", measure.unit());
                    out.writeStringField("of", who);
                    out.writeFieldName("passes");
                    double[] values = samples.of(measure, who).stream()
                            .mapToDouble(Double::doubleValue)
                            .toArray();
                    out.writeArray(values, 0, values.length);
                    out.writeEndObject();
                }
            }
            out.writeEndArray();
            out.writeEndObject();
        }
        return text.toString();
    }
}
