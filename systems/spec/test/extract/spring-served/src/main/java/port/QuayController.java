package port;

import jakarta.validation.Valid;
import org.springframework.web.bind.annotation.*;

@RestController
public class QuayController {
    @PostMapping("/quays")
    public String add(@Valid @RequestBody NewBerth quay) {
        return quay.name();
    }

    @PostMapping("/desk/notes")
    public String note() {
        return "noted";
    }
}
