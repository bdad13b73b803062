import { expect, test } from 'vitest'
import { extractFiles, summarize } from '../packs/fixture.ts'

test('what an annotation of the interface asks refuses who may not, and what any number of parts is made of is as long as it is [SPEC-EXTRACT-06]', async () => {
  const found = summarize(
    await extractFiles({
      'pom.xml': '<artifactId>spring-boot-starter-web</artifactId>',
      'src/main/java/desk/Methods.java': `package desk;
import org.springframework.security.config.annotation.method.configuration.EnableMethodSecurity;
@EnableMethodSecurity
public class Methods {}
`,
      'src/main/java/desk/Lending.java': `package desk;
import org.springframework.security.access.prepost.PreAuthorize;
import org.springframework.web.bind.annotation.*;
public interface Lending {
  @PreAuthorize("hasAuthority('lend')")
  @GetMapping("/loans/{id}")
  String show(@PathVariable String id);
}
`,
      'src/main/java/desk/Loans.java': `package desk;
import org.springframework.web.bind.annotation.*;
@RestController
public class Loans implements Lending {
  private LoanRepository loans;
  public String show(String id) {
    if (!loans.existsById(id)) throw new Missing(Loans.class, "id", id);
    return id;
  }
}
`,
      'src/main/java/desk/Missing.java': `package desk;
public class Missing extends RuntimeException {
  public Missing(Class<?> of, String... parts) { super(Pairs.of(of, (Object[]) parts)); }
}
`,
      'src/main/java/desk/Pairs.java': `package desk;
public class Pairs {
  static String of(Class<?> of, Object... parts) {
    if (parts.length % 2 == 1) throw new IllegalStateException("odd");
    return of.getName();
  }
}
`,
      'src/main/java/desk/Errors.java': `package desk;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.*;
@RestControllerAdvice
public class Errors {
  @ExceptionHandler(Missing.class)
  public ResponseEntity<String> missing(Missing error) { return ResponseEntity.status(404).body(error.getMessage()); }
  @ExceptionHandler(IllegalStateException.class)
  public ResponseEntity<String> odd(IllegalStateException error) { return ResponseEntity.status(409).body("odd"); }
}
`,
    }),
  )
  expect(found.statuses).toEqual({ 'GET /loans/{id}': [200, 401, 403, 404] })
})

test('controllers of Spring Data REST stand below its base path [SPEC-EXTRACT-01]', async () => {
  const found = summarize(
    await extractFiles({
      'pom.xml': '<artifactId>spring-boot-starter-data-rest</artifactId>',
      'src/main/resources/application.properties': 'spring.data.rest.base-path=/data\n',
      'src/main/java/desk/Loans.java': `package desk;
import org.springframework.data.rest.webmvc.RepositoryRestController;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.*;
@RepositoryRestController
public class Loans {
  @PostMapping("/loans/{id}/renewals")
  public ResponseEntity<?> renew(@PathVariable String id) { return ResponseEntity.accepted().build(); }
}
`,
      'src/main/java/desk/Open.java': `package desk;
import org.springframework.web.bind.annotation.*;
@RestController
public class Open {
  @GetMapping("/hours") public String hours() { return "9"; }
}
`,
    }),
  )
  expect(found.statuses).toEqual({ 'GET /hours': [200], 'POST /data/loans/{id}/renewals': [202] })
})
