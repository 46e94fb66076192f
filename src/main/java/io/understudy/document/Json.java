package io.understudy.document;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.annotation.JsonSetter;
import com.fasterxml.jackson.annotation.Nulls;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationContext;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.KeyDeserializer;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.SerializerProvider;
import com.fasterxml.jackson.databind.deser.std.FromStringDeserializer;
import com.fasterxml.jackson.databind.deser.std.StdDeserializer;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.module.SimpleModule;
import com.fasterxml.jackson.databind.ser.std.StdSerializer;
import com.fasterxml.jackson.datatype.jdk8.Jdk8Module;
import com.fasterxml.jackson.datatype.jsr310.JavaTimeModule;
import io.understudy.decision.Policy;
import io.understudy.estate.ComponentId;
import io.understudy.estate.Estate;
import io.understudy.estate.Observer;
import io.understudy.estate.ObserverName;
import io.understudy.estate.Pool;
import io.understudy.estate.PoolFqdn;
import io.understudy.estate.ServerFqdn;
import io.understudy.estate.Site;
import io.understudy.estate.SiteName;
import io.understudy.estate.Store;
import io.understudy.estate.StoreName;
import io.understudy.health.ComponentHealth;
import java.io.IOException;
import java.io.Serial;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.function.Function;

/**
 * How core values are written in JSON, in the database and wherever the API shows them as they are.
 */
public final class Json {

    private static final JsonSetter.Value NONE_IS_EMPTY =
            JsonSetter.Value.forValueNulls(Nulls.AS_EMPTY);
    private static final ObjectMapper MAPPER =
            JsonMapper.builder()
                    .addModule(new Jdk8Module())
                    .addModule(new JavaTimeModule())
                    .addModule(names())
                    .annotationIntrospector(new SealedTypes())
                    .addMixIn(Estate.class, EstateShape.class)
                    // what was stored before a field came to a record has none of it
                    .withConfigOverride(List.class, list -> list.setSetterInfo(NONE_IS_EMPTY))
                    .withConfigOverride(Map.class, map -> map.setSetterInfo(NONE_IS_EMPTY))
                    .withConfigOverride(SortedMap.class, map -> map.setSetterInfo(NONE_IS_EMPTY))
                    .withConfigOverride(boolean.class, flag -> flag.setSetterInfo(NONE_IS_EMPTY))
                    .serializationInclusion(JsonInclude.Include.NON_ABSENT)
                    .disable(
                            SerializationFeature.WRITE_DATES_AS_TIMESTAMPS,
                            SerializationFeature.WRITE_DURATIONS_AS_TIMESTAMPS)
                    .enable(DeserializationFeature.FAIL_ON_NULL_FOR_PRIMITIVES)
                    .disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
                    .build();

    private Json() {}

    /** The mapper; shared and not to be reconfigured. */
    public static ObjectMapper mapper() {
        return MAPPER;
    }

    /** A core value as JSON. */
    public static String write(Object value) {
        try {
            return MAPPER.writeValueAsString(value);
        } catch (JsonProcessingException e) {
            throw new IllegalArgumentException(
                    "a " + value.getClass().getSimpleName() + " cannot be written as JSON", e);
        }
    }

    /**
     * A core value from JSON that {@link #write} has written.
     *
     * @throws IllegalArgumentException when it is none of this type
     */
    public static <T> T read(String json, Class<T> type) {
        try {
            return MAPPER.readValue(json, type);
        } catch (JsonProcessingException e) {
            throw new IllegalArgumentException("this JSON is no " + type.getSimpleName(), e);
        }
    }

    private static SimpleModule names() {
        SimpleModule module = new SimpleModule("names");
        text(module, ComponentId.class, ComponentId::parse);
        text(module, SiteName.class, SiteName::new);
        text(module, PoolFqdn.class, PoolFqdn::new);
        text(module, ServerFqdn.class, ServerFqdn::new);
        text(module, StoreName.class, StoreName::new);
        text(module, ObserverName.class, ObserverName::new);
        module.addSerializer(Policy.class, new PolicyToDocument());
        module.addDeserializer(Policy.class, new DocumentToPolicy());
        module.addKeySerializer(ComponentHealth.Source.class, new SourceToKey());
        module.addKeyDeserializer(ComponentHealth.Source.class, new KeyToSource());
        return module;
    }

    private static <T> void text(SimpleModule module, Class<T> type, Function<String, T> parse) {
        module.addSerializer(type, new ToText<>(type));
        module.addDeserializer(type, new FromText<>(type, parse));
        module.addKeyDeserializer(
                type,
                new KeyDeserializer() {
                    @Override
                    public Object deserializeKey(String key, DeserializationContext context) {
                        return parse.apply(key);
                    }
                });
    }

    /** A policy is kept as the document that the operators know: its windows are functions. */
    private static final class PolicyToDocument extends StdSerializer<Policy> {
        @Serial private static final long serialVersionUID = 1;

        private PolicyToDocument() {
            super(Policy.class);
        }

        @Override
        public void serialize(Policy policy, JsonGenerator json, SerializerProvider provider)
                throws IOException {
            json.writeTree(PolicyDocument.write(policy));
        }
    }

    private static final class DocumentToPolicy extends StdDeserializer<Policy> {
        @Serial private static final long serialVersionUID = 1;

        private DocumentToPolicy() {
            super(Policy.class);
        }

        @Override
        public Policy deserialize(JsonParser parser, DeserializationContext context)
                throws IOException {
            return PolicyDocument.stored(Cursor.of(parser.readValueAsTree()));
        }
    }

    /** Who looks and by which signal, as a key: an observer's name has no slash. */
    private static final class SourceToKey extends StdSerializer<ComponentHealth.Source> {
        @Serial private static final long serialVersionUID = 1;

        private SourceToKey() {
            super(ComponentHealth.Source.class);
        }

        @Override
        public void serialize(
                ComponentHealth.Source source, JsonGenerator json, SerializerProvider provider)
                throws IOException {
            json.writeFieldName(source.observer() + "/" + source.signal());
        }
    }

    private static final class KeyToSource extends KeyDeserializer {
        @Override
        public Object deserializeKey(String key, DeserializationContext context)
                throws IOException {
            int slash = key.indexOf('/');
            return slash < 0
                    ? context.handleWeirdKey(
                            ComponentHealth.Source.class, key, "is no observer/signal")
                    : new ComponentHealth.Source(
                            new ObserverName(key.substring(0, slash)), key.substring(slash + 1));
        }
    }

    private static final class ToText<T> extends StdSerializer<T> {
        @Serial private static final long serialVersionUID = 1;

        private ToText(Class<T> type) {
            super(type);
        }

        @Override
        public void serialize(T value, JsonGenerator json, SerializerProvider provider)
                throws IOException {
            json.writeString(value.toString());
        }
    }

    private static final class FromText<T> extends FromStringDeserializer<T> {
        @Serial private static final long serialVersionUID = 1;

        private final transient Function<String, T> parse;

        private FromText(Class<T> type, Function<String, T> parse) {
            super(type);
            this.parse = parse;
        }

        @Override
        public T deserialize(JsonParser parser, DeserializationContext context) throws IOException {
            if (!parser.currentToken().isScalarValue()) {
                return super.deserialize(parser, context);
            }
            return _deserialize(parser.getText(), context);
        }

        @Override
        @SuppressWarnings("unchecked")
        protected T _deserialize(String value, DeserializationContext context) throws IOException {
            try {
                return parse.apply(value);
            } catch (IllegalArgumentException e) {
                return (T) context.handleWeirdStringValue(_valueClass, value, "%s", e.getMessage());
            }
        }
    }

    /** An estate is no record, since it is indexed; this is its document form. */
    private abstract static class EstateShape {
        @JsonCreator
        EstateShape(
                @JsonProperty("name") String name,
                @JsonProperty("sites") List<Site> sites,
                @JsonProperty("pools") List<Pool> pools,
                @JsonProperty("stores") List<Store> stores,
                @JsonProperty("observers") List<Observer> observers) {}

        @JsonProperty("name")
        abstract String name();

        @JsonProperty("sites")
        abstract List<Site> sites();

        @JsonProperty("pools")
        abstract List<Pool> pools();

        @JsonProperty("stores")
        abstract List<Store> stores();

        @JsonProperty("observers")
        abstract List<Observer> observers();
    }
}
