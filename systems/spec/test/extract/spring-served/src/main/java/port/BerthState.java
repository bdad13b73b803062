package port;

public enum BerthState {
    FREE,
    TAKEN
}
