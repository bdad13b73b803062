package port;

import jakarta.validation.Valid;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import org.springframework.http.HttpStatus;
import org.springframework.http.ProblemDetail;
import org.springframework.http.ResponseEntity;
import org.springframework.security.access.AccessDeniedException;
import org.springframework.security.core.Authentication;
import org.springframework.web.ErrorResponseException;
import org.springframework.web.bind.annotation.*;
import org.springframework.web.server.ResponseStatusException;

@RestController
@RequestMapping("/berths")
public class BerthController {
    private final BerthBook book;

    public BerthController(BerthBook book) {
        this.book = book;
    }

    @GetMapping("/open")
    public List<Berth> open() {
        return List.of();
    }

    @GetMapping("/{id}")
    public ResponseEntity<Berth> one(@PathVariable Long id) {
        return ResponseEntity.of(book.find(id));
    }

    @GetMapping("/by-state/{state}")
    public String byState(@PathVariable String state) {
        return BerthState.valueOf(state).name();
    }

    @GetMapping("/{id}/tide")
    public Callable<String> tide(@PathVariable Long id) {
        return () -> book.find(id).orElseThrow(() -> new ResponseStatusException(HttpStatus.NOT_FOUND)).name();
    }

    @GetMapping("/{id}/wind")
    public CompletableFuture<String> wind(@PathVariable Long id) {
        return CompletableFuture.supplyAsync(
            () -> book.find(id).orElseThrow(() -> new IllegalStateException("No such berth")).name());
    }

    @PostMapping
    @ResponseStatus(HttpStatus.CREATED)
    public void add(@Valid @RequestBody NewBerth berth) {
        if (book.isTaken(berth.name())) {
            ProblemDetail problem = ProblemDetail.forStatusAndDetail(HttpStatus.CONFLICT, "Taken");
            throw new ErrorResponseException(HttpStatus.CONFLICT, problem, null);
        }
    }

    @PutMapping("/{id}/master")
    public String master(@PathVariable Long id, Authentication caller) {
        Berth berth = book.find(id).orElseThrow(() -> new ResponseStatusException(HttpStatus.NOT_FOUND));
        if (!berth.master().equals(caller.getName())) {
            throw new AccessDeniedException("Not yours");
        }
        return berth.name();
    }
}
