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
import org.tribuo.Output;
import org.tribuogrowth.Dl4jExporter;
import org.tribuogrowth.GrownModel;
import org.tribuogrowth.GrowthModel;
import org.tribuogrowth.GrowthSequenceModel;
import org.tribuogrowth.VerifiedDl4j;
import org.tribuogrowth.architecture.Cost;
import org.tribuogrowth.export.ExportException;

/** {@code export --dl4j}: a file of stock DL4J, run by DL4J before it is written. */
final class Dl4jExport implements ExportForm {
    private static final CommandLine.Option FILE = CommandLine.Option.value(
            "dl4j", ' ', "FILE", "the network in DL4J's own layers, compared with the model in DL4J first");

    /** What DL4J computes in some seconds. */
    private static final long MOST_MULTIPLY_ADDS = 20_000_000_000L;

    private static final long FEWEST_EXAMPLES = 16;

    private final VerificationOptions verification;

    Dl4jExport(Connections connections) {
        this.verification = new VerificationOptions(connections);
    }

    @Override
    public CommandLine.Option option() {
        return FILE;
    }

    @Override
    public List<CommandLine.Option> details() {
        return VerificationOptions.options();
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
            write(sequences.dl4jExporter(), verification.data(source, sequences, line), line, file, out);
        } else {
            export(source, (GrowthModel<?>) model, line, file, out);
        }
    }

    private <T extends Output<T>> void export(
            ModelFile source, GrowthModel<T> model, CommandLine line, Path file, PrintStream out) throws IOException {
        write(model.dl4jExporter(), verification.data(source, model, line), line, file, out);
    }

    private static <E> void write(
            Dl4jExporter<E> exporter, VerificationData<E> data, CommandLine line, Path file, PrintStream out)
            throws IOException {
        VerifiedDl4j archive;
        try {
            archive = exporter.export(data.examples(), VerificationOptions.tolerance(line));
        } catch (ExportException exception) {
            throw UserError.failure(Components.sentence(exception.getMessage()) + " Nothing was written.", exception);
        } catch (IllegalArgumentException exception) {
            throw UserError.usage(
                    ExportCommand.NAME + ": the model cannot be compared on the " + data.kind() + ": "
                            + Components.sentence(Components.text(exception)),
                    exception);
        }
        Files.write(file, archive.bytes());
        out.println("  verified in DL4J on " + archive.verification().describe(data.kind()));
    }

    /**
     * On how many examples a run compares its model at most, since DL4J's own layers are slow.
     *
     * @param cost What the model costs.
     * @return The number, at least 16.
     */
    static long mostExamples(Cost cost) {
        return Math.max(FEWEST_EXAMPLES, MOST_MULTIPLY_ADDS / cost.multiplyAdds());
    }
}
