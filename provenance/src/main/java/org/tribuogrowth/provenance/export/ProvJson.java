/*
 * Copyright (c) 2026 the tribuo-growth authors.
 *
 * Licensed under the Apache License, Version 2.0 (the "License");
 * you may not use this file except in compliance with the License.
 * You may obtain a copy of the License at
 *
 *     http://www.apache.org/licenses/LICENSE-2.0
 *
 * Unless required by applicable law or agreed to in writing, software
 * distributed under the License is distributed on an "AS IS" BASIS,
 * WITHOUT WARRANTIES OR CONDITIONS OF ANY KIND, either express or implied.
 * See the License for the specific language governing permissions and
 * limitations under the License.
 */

package org.tribuogrowth.provenance.export;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.io.JsonStringEncoder;
import com.fasterxml.jackson.core.json.JsonWriteFeature;
import com.fasterxml.jackson.core.util.DefaultIndenter;
import com.fasterxml.jackson.core.util.DefaultPrettyPrinter;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.Closeable;
import java.io.IOException;
import java.io.Writer;

/**
 * Writes the parts of a PROV-JSON document (W3C member submission of 24 April 2013) one after the other. Every value
 * except those that the submission wants plain has its type and stands in an array, the one form that all known readers
 * take: ProvToolbox 2.2.1 loses a plain value, and reads an object outside an array as two.
 */
final class ProvJson implements Closeable {
    private static final JsonMapper MAPPER = JsonMapper.builder()
            .configure(JsonWriteFeature.ESCAPE_NON_ASCII, false)
            .disable(JsonGenerator.Feature.AUTO_CLOSE_TARGET)
            .disable(JsonGenerator.Feature.FLUSH_PASSED_TO_STREAM)
            .build();

    private static final JsonStringEncoder ENCODER = JsonStringEncoder.getInstance();

    private final JsonGenerator json;
    private long relations;

    /**
     * Begins a document.
     *
     * @param out Where to; left open.
     * @throws IOException If writing fails.
     */
    ProvJson(Writer out) throws IOException {
        json = MAPPER.createGenerator(out)
                .setPrettyPrinter(new DefaultPrettyPrinter().withObjectIndenter(new DefaultIndenter("  ", "\n")));
        json.writeStartObject();
    }

    /** Writes the content of a part of the document. */
    @FunctionalInterface
    interface Content {
        /**
         * Writes.
         *
         * @throws IOException If writing fails.
         */
        void write() throws IOException;
    }

    /**
     * Writes a part.
     *
     * @param name    Its name, such as {@code entity}.
     * @param content What it holds.
     * @throws IOException If writing fails.
     */
    void section(String name, Content content) throws IOException {
        record(name, content);
    }

    /**
     * Writes something that has a name.
     *
     * @param name    Its qualified name.
     * @param content Its attributes.
     * @throws IOException If writing fails.
     */
    void record(String name, Content content) throws IOException {
        json.writeObjectFieldStart(name);
        content.write();
        json.writeEndObject();
    }

    /**
     * Writes a relation, which needs no name of its own.
     *
     * @param content Its ends and attributes.
     * @throws IOException If writing fails.
     */
    void relation(Content content) throws IOException {
        relations++;
        record("_:r" + relations, content);
    }

    /**
     * Writes what the submission wants without a type: a name space, the end of a relation, a time.
     *
     * @param name  The name.
     * @param value The value.
     * @throws IOException If writing fails.
     */
    void plain(String name, String value) throws IOException {
        json.writeStringField(name, value);
    }

    /**
     * Writes a text.
     *
     * @param name  The attribute.
     * @param value The text.
     * @throws IOException If writing fails.
     */
    void text(String name, String value) throws IOException {
        typed(name, value, "xsd:string");
    }

    /**
     * Writes an integer.
     *
     * @param name  The attribute.
     * @param value The integer.
     * @throws IOException If writing fails.
     */
    void number(String name, long value) throws IOException {
        typed(name, Long.toString(value), "xsd:long");
    }

    /**
     * Writes a number.
     *
     * @param name  The attribute.
     * @param value The number, finite.
     * @throws IOException If writing fails.
     */
    void number(String name, double value) throws IOException {
        typed(name, Double.toString(value), "xsd:double");
    }

    /**
     * Writes a yes or no.
     *
     * @param name  The attribute.
     * @param value The value.
     * @throws IOException If writing fails.
     */
    void truth(String name, boolean value) throws IOException {
        typed(name, Boolean.toString(value), "xsd:boolean");
    }

    /**
     * Writes a reference.
     *
     * @param name  The attribute.
     * @param value A qualified name.
     * @throws IOException If writing fails.
     */
    void name(String name, String value) throws IOException {
        typed(name, value, "prov:QUALIFIED_NAME");
    }

    private void typed(String name, String value, String type) throws IOException {
        // Raw, so that an attribute is one line.
        json.writeFieldName(name);
        json.writeRawValue(
                "[{\"$\": \"" + String.valueOf(ENCODER.quoteAsString(value)) + "\", \"type\": \"" + type + "\"}]");
    }

    /** Ends the document. */
    @Override
    public void close() throws IOException {
        json.writeEndObject();
        json.writeRaw('\n');
        json.close();
    }
}
