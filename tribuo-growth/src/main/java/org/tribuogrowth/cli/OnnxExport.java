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

package org.tribuogrowth.cli;

import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.tribuo.Output;
import org.tribuogrowth.GrownModel;
import org.tribuogrowth.GrowthModel;
import org.tribuogrowth.GrowthSequenceModel;
import org.tribuogrowth.OnnxExporter;
import org.tribuogrowth.VerifiedOnnx;
import org.tribuogrowth.export.ExportException;

/** {@code export --onnx}: a file of ONNX, run in ONNX Runtime before it is written. */
final class OnnxExport implements ExportForm {
    private static final CommandLine.Option FILE = CommandLine.Option.value(
            "onnx", ' ', "FILE", "the network as ONNX, opset 13, compared with the model in ONNX\nRuntime first");
    private static final CommandLine.Option SPARSE = CommandLine.Option.flag(
            "sparse", ' ', "store arrays of mostly zeros as sparse tensors where that is smaller");
    private final VerificationOptions verification;

    OnnxExport(Connections connections) {
        this.verification = new VerificationOptions(connections);
    }

    @Override
    public CommandLine.Option option() {
        return FILE;
    }

    @Override
    public List<CommandLine.Option> details() {
        return Stream.concat(Stream.of(SPARSE), VerificationOptions.options().stream())
                .toList();
    }

    @Override
    public boolean readsConfiguration() {
        return true;
    }

    @Override
    public void check(ModelFile source, CommandLine line) {
        verification.check(source, line);
    }

    @Override
    public void write(ModelFile source, GrownModel model, CommandLine line, Path file, PrintStream out)
            throws IOException {
        if (model instanceof GrowthSequenceModel sequences) {
            write(sequences.onnxExporter(), verification.data(source, sequences, line), line, file, out);
        } else {
            export(source, (GrowthModel<?>) model, line, file, out);
        }
    }

    private <T extends Output<T>> void export(
            ModelFile source, GrowthModel<T> model, CommandLine line, Path file, PrintStream out) throws IOException {
        write(model.onnxExporter(), verification.data(source, model, line), line, file, out);
    }

    private static <E> void write(
            OnnxExporter<E> exporter, VerificationData<E> data, CommandLine line, Path file, PrintStream out)
            throws IOException {
        double tolerance = VerificationOptions.tolerance(line);
        VerifiedOnnx onnx;
        try {
            onnx = exporter.export(line.has(SPARSE.name()), data.examples(), tolerance);
        } catch (ExportException exception) {
            throw UserError.failure(Components.sentence(exception.getMessage()) + " Nothing was written.", exception);
        } catch (IllegalArgumentException exception) {
            throw UserError.usage(
                    ExportCommand.NAME + ": the model cannot be compared on the " + data.kind() + ": "
                            + Components.sentence(Components.text(exception)),
                    exception);
        }
        Files.write(file, onnx.bytes());
        out.println("  verified in ONNX Runtime on " + onnx.verification().describe(data.kind()));
        if (line.has(SPARSE.name())) {
            out.println("  " + Text.count(onnx.denseBytes()) + " bytes with dense arrays, "
                    + Text.count(onnx.bytes().length) + " with sparse ones");
        }
    }
}
