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
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.tribuo.Dataset;
import org.tribuo.Model;
import org.tribuo.Output;
import org.tribuogrowth.GrownModel;
import org.tribuogrowth.GrowthModel;
import org.tribuogrowth.provenance.LineSink;
import org.tribuogrowth.training.GrowthListener;

/**
 * A run on examples.
 *
 * @param training The training data.
 * @param test     The test data, or null if there is none.
 * @param <T>      The output type.
 */
record ExampleTask<T extends Output<T>>(Dataset<T> training, Dataset<T> test) implements RunTask {
    @Override
    public int size() {
        return training.size();
    }

    @Override
    public String kind() {
        return "examples";
    }

    @Override
    public String dataDigest(Connections connections, Object trainer) {
        return connections.dataDigest(trainer, training);
    }

    @Override
    public RunModel train(
            Connections connections,
            Object trainer,
            List<GrowthListener> listeners,
            Path ledger,
            List<LineSink> sinks) {
        Model<T> model = connections.train(trainer, training, listeners, ledger, sinks);
        return new Trained(model, connections, trainer);
    }

    private final class Trained implements RunModel {
        private final Model<T> model;
        private final Connections connections;
        private final Object trainer;

        Trained(Model<T> model, Connections connections, Object trainer) {
            this.model = model;
            this.connections = connections;
            this.trainer = trainer;
        }

        @Override
        public void serializeToFile(Path file) throws IOException {
            model.serializeToFile(file);
        }

        @Override
        public Optional<GrownModel> grown() {
            return Optional.of(model).filter(GrownModel.class::isInstance).map(GrownModel.class::cast);
        }

        @Override
        public RunEvaluation evaluate() {
            return test == null ? RunEvaluation.withoutTest() : RunEvaluation.of(model, test);
        }

        @Override
        public List<ExportOutcome> export(RunFolder folder, RunExports exports) {
            if (!exports.any() || !(model instanceof GrowthModel<T> growth)) {
                return List.of();
            }
            long seed = VerificationData.start(growth).seed();
            int[] validation = connections.validationRows(trainer, training.size(), seed);
            return exports.write(
                    folder,
                    growth.onnxExporter(),
                    growth.dl4jExporter(),
                    growth.cost(),
                    VerificationData.ofRun(training, validation, test));
        }
    }
}
