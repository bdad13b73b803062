package port;

import java.util.HashMap;
import java.util.Map;
import org.springframework.stereotype.Service;

@Service
public class Tokens {
    private final Map<String, String> names = new HashMap<>(Map.of("a", "ada", "b", "bob"));

    public String nameOf(String token) {
        return names.get(token);
    }
}
