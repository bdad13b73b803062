import { expect, test } from 'vitest'
import { printedAnswers } from './printed-answers.ts'

test('what a model that is generated was filled with by its properties is what its getters give [SPEC-EXTRACT-07]', async () => {
  expect(
    await printedAnswers({
      'pom.xml':
        '<project><dependencies><dependency><artifactId>spring-boot-starter-web</artifactId></dependency></dependencies></project>',
      'src/main/java/harbour/TideException.java': `package harbour;
public class TideException extends RuntimeException {
  private final int status;
  public TideException(int status, String message) { super(message); this.status = status; }
  public int getStatus() { return status; }
}
`,
      'src/main/java/harbour/Faults.java': `package harbour;
import harbour.contract.model.Fault;
import org.springframework.http.*;
import org.springframework.web.bind.annotation.*;
@RestControllerAdvice
public class Faults {
  private static Fault faultOf(TideException error) {
    final HttpStatus status = HttpStatus.resolve(error.getStatus());
    return new Fault().id("x").status(status.value()).message(error.getMessage());
  }
  @ExceptionHandler(TideException.class)
  ResponseEntity<Fault> low(final TideException error) {
    final Fault fault = faultOf(error);
    return ResponseEntity.status(fault.getStatus()).body(fault);
  }
}
`,
      'src/main/java/harbour/BerthController.java': `package harbour;
import org.springframework.web.bind.annotation.*;
@RestController
class BerthController {
  @GetMapping("/berths")
  String all(@RequestParam(required = false) String tide) {
    if ("low".equals(tide)) throw new TideException(409, "The tide is low.");
    return "free";
  }
}
`,
    }),
  ).toEqual({ '/berths': ['409 The tide is low. where query.tide == low', '200'] })
})
