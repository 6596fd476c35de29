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

import com.google.protobuf.InvalidProtocolBufferException;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.Optional;
import org.tribuo.protos.core.ModelProto;
import org.tribuogrowth.GrownModel;
import org.tribuogrowth.GrowthModel;
import org.tribuogrowth.GrowthSequenceModel;

/**
 * A model's file that a command was given, by its own name or by that of its run folder.
 *
 * @param command The command, for messages.
 * @param file    The file.
 * @param run     The run folder, if it was one that was named.
 */
record ModelFile(String command, Path file, Optional<Path> run) {
    /**
     * The model's file that a word means: an existing file, or that in an existing run folder.
     *
     * @param command The command, for messages.
     * @param word    The word.
     * @return The file, empty if there is nothing of that name.
     * @throws UserError If a folder holds no model.
     */
    static Optional<ModelFile> find(String command, String word) {
        Path path;
        try {
            path = Path.of(word);
        } catch (InvalidPathException exception) {
            return Optional.empty();
        }
        if (!Files.isDirectory(path)) {
            return Files.exists(path) ? Optional.of(new ModelFile(command, path, Optional.empty())) : Optional.empty();
        }
        Path model = path.resolve(RunFolder.MODEL);
        if (!Files.exists(model)) {
            throw UserError.usage(command + ": the folder " + path + " holds no " + RunFolder.MODEL
                    + ". Name a run folder whose training ended well, or a model's file.");
        }
        return Optional.of(new ModelFile(command, model, Optional.of(path)));
    }

    /**
     * Reads the file.
     *
     * @return Its outermost message.
     * @throws UserError If it cannot be read or is no model.
     */
    ModelProto proto() {
        try (InputStream stream = new BufferedInputStream(Files.newInputStream(file))) {
            return ModelProto.parseFrom(stream);
        } catch (InvalidProtocolBufferException exception) {
            throw unreadable("it is not a Tribuo model in protobuf form", exception);
        } catch (IOException exception) {
            throw unreadable(Components.text(exception), exception);
        }
    }

    /**
     * Makes the model of what was read.
     *
     * @param proto What {@link #proto()} gave.
     * @return The model, to be closed.
     * @throws UserError If it is no model of this project, or a damaged one.
     */
    GrowthModel<?> model(ModelProto proto) {
        String className = proto.getClassName();
        if (!className.equals(GrowthModel.class.getName())) {
            throw UserError.usage(
                    command + ": " + file + " is a model of " + (className.isEmpty() ? "no class" : className)
                            + "; only those of " + GrowthModel.class.getName() + " can be used here.");
        }
        try {
            return GrowthModel.deserializeFromProto(proto.getVersion(), className, proto.getSerializedData());
        } catch (InvalidProtocolBufferException | IllegalStateException | IllegalArgumentException exception) {
            throw unreadable(Components.text(exception), exception);
        }
    }

    /**
     * Makes the model of what was read, be it of examples or of sequences.
     *
     * @param proto What {@link #proto()} gave; Tribuo's message for models of sequences has the same fields.
     * @return The model, to be closed.
     * @throws UserError If it is no model of this project, or a damaged one.
     */
    GrownModel grown(ModelProto proto) {
        if (!proto.getClassName().equals(GrowthSequenceModel.class.getName())) {
            return model(proto);
        }
        try {
            return GrowthSequenceModel.deserializeFromProto(
                    proto.getVersion(), proto.getClassName(), proto.getSerializedData());
        } catch (InvalidProtocolBufferException | IllegalStateException | IllegalArgumentException exception) {
            throw unreadable(Components.text(exception), exception);
        }
    }

    /** The error that the file cannot be read. */
    UserError unreadable(String reason, Exception cause) {
        return UserError.usage(
                command + ": the model " + file + " cannot be read: " + Components.sentence(reason), cause);
    }
}
