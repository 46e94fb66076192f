package io.understudy.adapter.powershell;

import java.util.Map;

/**
 * What one script is told.
 *
 * @param script its name among the resources: the operation as settings write it
 * @param parameters by the names that its functions have: text, flags, lists of text
 * @param command what it comes to, for people; never executed as it stands
 */
record Order(String script, Map<String, Object> parameters, String command) {

    Order {
        parameters = Map.copyOf(parameters);
    }
}
