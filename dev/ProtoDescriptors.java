/*
 * Copyright (c) 2026 the tribuo-growth authors. Licensed under the Apache License, Version 2.0; see the file LICENSE.
 */

import com.google.protobuf.DescriptorProtos.FileDescriptorSet;
import com.google.protobuf.Descriptors.FileDescriptor;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashSet;
import java.util.Set;
import org.tribuo.protos.core.TribuoCore;

/**
 * Writes Tribuo's protobuf descriptors, which protoc needs for our schemas, to a file. Tribuo's own schema cannot be
 * compiled from its jar, because it imports a file that OLCUT does not publish.
 */
final class ProtoDescriptors {
    public static void main(String[] arguments) throws Exception {
        Set<FileDescriptor> files = new LinkedHashSet<>();
        collect(TribuoCore.getDescriptor(), files);
        FileDescriptorSet.Builder set = FileDescriptorSet.newBuilder();
        files.forEach(file -> set.addFile(file.toProto()));
        Files.write(Path.of(arguments[0]), set.build().toByteArray());
    }

    private static void collect(FileDescriptor file, Set<FileDescriptor> files) {
        file.getDependencies().forEach(dependency -> collect(dependency, files));
        files.add(file);
    }
}
