package port;

import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.springframework.stereotype.Repository;

@Repository
public class BerthBook {
    private final Map<Long, Berth> berths = new ConcurrentHashMap<>(Map.of(1L, new Berth(1L, "north", "ada")));

    public Optional<Berth> find(Long id) {
        return Optional.ofNullable(berths.get(id));
    }

    public boolean isTaken(String name) {
        return berths.values().stream().anyMatch(one -> one.name().equals(name));
    }
}
