package port;

import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.NotBlank;

public record NewBerth(@NotBlank String name, @Max(40) int depth) {}
