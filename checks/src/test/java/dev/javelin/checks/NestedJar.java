package dev.javelin.checks;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.URI;
import java.net.URL;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.jar.Attributes;
import java.util.jar.JarEntry;
import java.util.jar.JarFile;
import java.util.jar.JarOutputStream;
import java.util.jar.Manifest;
import java.util.stream.Stream;
import java.util.zip.CRC32;
import java.util.zip.ZipEntry;
import org.springframework.boot.loader.launch.JarLauncher;

/** All built jars inside one jar, with Spring Boot's launcher before them, as its Maven plugin packs applications. */
final class NestedJar {
    private static final String LIB = "BOOT-INF/lib/";
    private static final String CLASSES = "BOOT-INF/classes/";

    private NestedJar() {}

    /** Writes the jar, which starts that class. */
    static Path write(Path jar, Class<?> program) throws IOException {
        Manifest manifest = new Manifest();
        Attributes attributes = manifest.getMainAttributes();
        attributes.put(Attributes.Name.MANIFEST_VERSION, "1.0");
        attributes.put(Attributes.Name.MAIN_CLASS, JarLauncher.class.getName());
        attributes.putValue("Start-Class", program.getName());
        attributes.putValue("Spring-Boot-Classes", CLASSES);
        attributes.putValue("Spring-Boot-Lib", LIB);
        URL launcher = JarLauncher.class.getProtectionDomain().getCodeSource().getLocation();
        try (OutputStream file = Files.newOutputStream(jar);
                JarOutputStream out = new JarOutputStream(file, manifest)) {
            unpack(Path.of(URI.create(launcher.toString())), "", out);
            out.putNextEntry(new ZipEntry(CLASSES)); // the launcher looks for folders, not for what is in them
            unpack(BuiltJars.program(), CLASSES, out);
            for (Path built : jars()) {
                store(LIB + built.getFileName(), Files.readAllBytes(built), out);
            }
        }
        return jar;
    }

    private static List<Path> jars() throws IOException {
        try (Stream<Path> jars = Files.list(BuiltJars.lib())) {
            return jars.sorted().toList();
        }
    }

    /** The classes of a jar. */
    private static void unpack(Path jar, String folder, JarOutputStream out) throws IOException {
        try (JarFile from = new JarFile(jar.toFile())) {
            for (JarEntry entry : from.stream().filter(NestedJar::isClass).toList()) {
                out.putNextEntry(new ZipEntry(folder + entry.getName()));
                try (InputStream in = from.getInputStream(entry)) {
                    in.transferTo(out);
                }
                out.closeEntry();
            }
        }
    }

    private static boolean isClass(JarEntry entry) {
        return entry.getName().endsWith(".class") && !entry.getName().equals("module-info.class");
    }

    /** A jar inside a jar is not compressed again, so that it can be read where it lies. */
    private static void store(String name, byte[] bytes, JarOutputStream out) throws IOException {
        ZipEntry entry = new ZipEntry(name);
        CRC32 sum = new CRC32();
        sum.update(bytes);
        entry.setMethod(ZipEntry.STORED);
        entry.setSize(bytes.length);
        entry.setCrc(sum.getValue());
        out.putNextEntry(entry);
        out.write(bytes);
        out.closeEntry();
    }
}
