package io.websip.kit;

import com.tngtech.archunit.thirdparty.org.objectweb.asm.ClassReader;
import com.tngtech.archunit.thirdparty.org.objectweb.asm.ClassVisitor;
import com.tngtech.archunit.thirdparty.org.objectweb.asm.ClassWriter;
import com.tngtech.archunit.thirdparty.org.objectweb.asm.Label;
import com.tngtech.archunit.thirdparty.org.objectweb.asm.MethodVisitor;
import com.tngtech.archunit.thirdparty.org.objectweb.asm.Opcodes;
import java.io.IOException;
import java.io.InputStream;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Loads the project's classes with calls of {@link Steps} written into them, and all others from its parent. */
final class CountingLoader extends ClassLoader {
    private static final String STEPS = "io/websip/kit/Steps";

    /** Calls whose work is in proportion to a list or an array, by owner, name and descriptor; and what {@link Steps} is given. */
    private static final Map<String, String> WEIGHED = Map.of(
            "java/lang/System.arraycopy(Ljava/lang/Object;ILjava/lang/Object;II)V",
            "(Ljava/lang/Object;ILjava/lang/Object;II)V",
            "java/util/List.remove(I)Ljava/lang/Object;",
            "(Ljava/util/List;I)Ljava/lang/Object;",
            "java/util/List.add(ILjava/lang/Object;)V",
            "(Ljava/util/List;ILjava/lang/Object;)V",
            "java/util/List.contains(Ljava/lang/Object;)Z",
            "(Ljava/util/List;Ljava/lang/Object;)Z",
            "java/util/List.indexOf(Ljava/lang/Object;)I",
            "(Ljava/util/List;Ljava/lang/Object;)I",
            "java/util/List.remove(Ljava/lang/Object;)Z",
            "(Ljava/util/List;Ljava/lang/Object;)Z",
            "java/util/List.copyOf(Ljava/util/Collection;)Ljava/util/List;",
            "(Ljava/util/Collection;)Ljava/util/List;");

    CountingLoader(ClassLoader parent) {
        super(parent);
    }

    @Override
    protected Class<?> loadClass(String name, boolean resolve) throws ClassNotFoundException {
        synchronized (getClassLoadingLock(name)) {
            if (!name.startsWith("io.websip.") || name.equals(Steps.class.getName())) {
                return super.loadClass(name, resolve);
            }
            Class<?> loaded = findLoadedClass(name);
            return loaded == null ? counted(name) : loaded;
        }
    }

    private Class<?> counted(String name) throws ClassNotFoundException {
        try (InputStream in = getParent().getResourceAsStream(name.replace('.', '/') + ".class")) {
            if (in == null) {
                throw new ClassNotFoundException(name);
            }
            ClassReader reader = new ClassReader(in.readAllBytes());
            ClassWriter writer = new ClassWriter(reader, ClassWriter.COMPUTE_MAXS);
            reader.accept(new Counted(writer, name), 0);
            byte[] octets = writer.toByteArray();
            return defineClass(name, octets, 0, octets.length);
        } catch (IOException e) {
            throw new ClassNotFoundException(name, e);
        }
    }

    private static final class Counted extends ClassVisitor {
        private final String owner;

        Counted(ClassVisitor next, String owner) {
            super(Opcodes.ASM9, next);
            this.owner = owner;
        }

        @Override
        public MethodVisitor visitMethod(
                int access,
                String name,
                String descriptor,
                @Nullable String signature,
                String @Nullable [] exceptions) {
            int number = Steps.number(owner + "." + name);
            return new Rounds(super.visitMethod(access, name, descriptor, signature, exceptions), number);
        }
    }

    /** A jump backwards is a round of a loop. */
    private static final class Rounds extends MethodVisitor {
        private final int number;
        private final Set<Label> passed = new HashSet<>();

        Rounds(MethodVisitor next, int number) {
            super(Opcodes.ASM9, next);
            this.number = number;
        }

        private void call(String name, String descriptor) {
            super.visitLdcInsn(number);
            super.visitMethodInsn(Opcodes.INVOKESTATIC, STEPS, name, descriptor.replace(")", "I)"), false);
        }

        @Override
        public void visitCode() {
            super.visitCode();
            call("step", "()V");
        }

        @Override
        public void visitLabel(Label label) {
            passed.add(label);
            super.visitLabel(label);
        }

        @Override
        public void visitJumpInsn(int opcode, Label label) {
            if (passed.contains(label)) {
                call("step", "()V");
            }
            super.visitJumpInsn(opcode, label);
        }

        @Override
        public void visitMethodInsn(int opcode, String owner, String name, String descriptor, boolean isInterface) {
            String weighed = WEIGHED.get(owner + "." + name + descriptor);
            if (weighed == null) {
                super.visitMethodInsn(opcode, owner, name, descriptor, isInterface);
            } else {
                call(name, weighed);
            }
        }
    }
}
