package port;

public record Berth(Long id, String name, String master) {}
