package io.understudy.document;

import com.fasterxml.jackson.annotation.JsonTypeInfo;
import com.fasterxml.jackson.databind.JavaType;
import com.fasterxml.jackson.databind.cfg.MapperConfig;
import com.fasterxml.jackson.databind.introspect.Annotated;
import com.fasterxml.jackson.databind.introspect.AnnotatedClass;
import com.fasterxml.jackson.databind.introspect.JacksonAnnotationIntrospector;
import com.fasterxml.jackson.databind.jsontype.NamedType;
import com.fasterxml.jackson.databind.jsontype.TypeResolverBuilder;
import com.fasterxml.jackson.databind.jsontype.impl.StdTypeResolverBuilder;
import java.io.Serial;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Writes which case of a sealed interface a value is into the property {@code kind}, by the case's
 * simple name.
 */
final class SealedTypes extends JacksonAnnotationIntrospector {

    @Serial private static final long serialVersionUID = 1;

    private static final String PROPERTY = "kind";

    @Override
    public @Nullable TypeResolverBuilder<?> findTypeResolver(
            MapperConfig<?> config, AnnotatedClass annotated, JavaType type) {
        Class<?> sealed = sealedInterface(annotated.getRawType());
        if (sealed == null) {
            return super.findTypeResolver(config, annotated, type);
        }
        return new StdTypeResolverBuilder()
                .init(
                        JsonTypeInfo.Value.construct(
                                JsonTypeInfo.Id.NAME,
                                JsonTypeInfo.As.PROPERTY,
                                PROPERTY,
                                null,
                                false,
                                true),
                        null);
    }

    @Override
    public @Nullable List<NamedType> findSubtypes(Annotated annotated) {
        Class<?> type = annotated.getRawType();
        if (!type.isSealed()) {
            return super.findSubtypes(annotated);
        }
        return Arrays.stream(type.getPermittedSubclasses())
                .map(subtype -> new NamedType(subtype, subtype.getSimpleName()))
                .toList();
    }

    @Override
    public @Nullable String findTypeName(AnnotatedClass annotated) {
        return sealedInterface(annotated.getRawType()) == null
                ? super.findTypeName(annotated)
                : annotated.getRawType().getSimpleName();
    }

    private static @Nullable Class<?> sealedInterface(Class<?> type) {
        if (type.isSealed()) {
            return type;
        }
        return Arrays.stream(type.getInterfaces()).filter(Class::isSealed).findFirst().orElse(null);
    }
}
