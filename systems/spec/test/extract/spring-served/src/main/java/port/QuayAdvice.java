package port;

import org.springframework.core.annotation.Order;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.ExceptionHandler;
import org.springframework.web.bind.annotation.RestControllerAdvice;

@Order(1)
@RestControllerAdvice(assignableTypes = QuayController.class)
public class QuayAdvice {
    @ExceptionHandler(RuntimeException.class)
    public ResponseEntity<String> onAny(RuntimeException ex) {
        return ResponseEntity.internalServerError().body("Broken");
    }
}
