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

package org.tribuogrowth;

import com.google.protobuf.InvalidProtocolBufferException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.List;
import org.tribuogrowth.export.Dl4jFile;
import org.tribuogrowth.export.ExportedNetwork;
import org.tribuogrowth.provenance.audit.RunFileCheck;
import org.tribuogrowth.provenance.audit.SealedRun;
import org.tribuogrowth.provenance.encoding.SafeText;

/**
 * Compares {@code compact-dl4j.zip} with the model beside it, which is compared with the ledger first. Either file may be
 * anyone's: the archive's entries are bounded by what the model needs and compared with what this project writes of the
 * model; nothing of the archive is given to DL4J, and no Java object is read from it.
 */
public final class Dl4jFileCheck implements RunFileCheck {
    private static final String MODEL = "model.tribuo";

    /** For the service loader. */
    public Dl4jFileCheck() {}

    @Override
    public String file() {
        return "compact-dl4j.zip";
    }

    @Override
    public String check(Path file, SealedRun run) throws IOException {
        Path model = file.resolveSibling(MODEL);
        if (!Files.isRegularFile(model, LinkOption.NOFOLLOW_LINKS)) {
            throw new IllegalArgumentException("there is no " + MODEL + " beside it to compare it with");
        }
        CompactNetwork network;
        try {
            network = ModelFileCheck.network(model, run).network();
        } catch (IllegalArgumentException
                | IllegalStateException
                | ArithmeticException
                | InvalidProtocolBufferException e) {
            throw new IllegalArgumentException(
                    "it cannot be compared with " + MODEL + ": " + SafeText.clean(String.valueOf(e.getMessage()), 200),
                    e);
        }
        Dl4jFile.requireSame(
                file,
                new ExportedNetwork(network.parameters(), List.of(), network.normaliser(), network.scaling()),
                run.ledgerHead());
        return "layers, parameters and digests are those of " + MODEL + "; names are not compared";
    }
}
