import { expect, test } from 'vitest'
import { factsOf } from '../../src/facts/fact-set.ts'
import { operationTitle, sayFact } from '../../src/requirements/say-fact.ts'
import { extractFiles, summarize } from '../packs/fixture.ts'

const rules = `package desk;
import java.util.*;
import org.springframework.context.annotation.Bean;
import org.springframework.security.config.annotation.method.configuration.EnableMethodSecurity;
import org.springframework.security.config.annotation.web.builders.HttpSecurity;
import org.springframework.security.web.SecurityFilterChain;
@EnableMethodSecurity
public class Rules {
  private static final String[] OPEN = { "/sign-in" };
  @Bean
  public SecurityFilterChain chain(HttpSecurity http) throws Exception {
    List<String> open = new ArrayList<>(Arrays.asList(OPEN));
    http.authorizeHttpRequests(all -> all
      .requestMatchers(open.toArray(new String[0])).permitAll()
      .requestMatchers("/shelves").hasRole("desk")
      .anyRequest().authenticated());
    return http.build();
  }
}
`
const loans = `package desk;
import java.util.Optional;
import org.springframework.http.ResponseEntity;
import org.springframework.security.access.prepost.PreAuthorize;
import org.springframework.web.bind.annotation.*;
@RestController
public class Loans {
  private LoanRepository loans;
  private Mailer mailer;
  @PostMapping("/sign-in")
  public String signIn() { return "ok"; }
  @GetMapping("/shelves")
  public String shelves() { return "ok"; }
  @GetMapping("/loans/{id}")
  public ResponseEntity<Loan> show(@PathVariable String id) {
    return loans.findById(id).map(ResponseEntity::ok).orElse(ResponseEntity.notFound().build());
  }
  @DeleteMapping("/loans/{id}")
  @PreAuthorize("hasAuthority('loans')")
  public ResponseEntity<Void> remove(@PathVariable String id) {
    boolean deleted = loans.deleteOne(id);
    mailer.tell(id);
    new Thread(() -> { throw new IllegalStateException("In a thread"); }).start();
    return deleted ? ResponseEntity.noContent().build() : ResponseEntity.status(410).build();
  }
}
`
const mailer = `package desk;
import org.springframework.scheduling.annotation.Async;
public class Mailer {
  @Async
  public void tell(String id) { throw new IllegalStateException("No mail"); }
}
`
const handler = `package desk;
import org.springframework.http.ResponseEntity;
import org.springframework.security.access.AccessDeniedException;
import org.springframework.web.bind.annotation.*;
@RestControllerAdvice
public class Handler {
  @ExceptionHandler(AccessDeniedException.class)
  public ResponseEntity<String> denied(AccessDeniedException ex) { return ResponseEntity.status(404).body("No"); }
  @ExceptionHandler(IllegalStateException.class)
  public ResponseEntity<String> state(IllegalStateException ex) { return ResponseEntity.status(409).body("No"); }
}
`

test('refusals say whom they refuse and answers which of two they are, and what a thread throws is none [SPEC-EXTRACT-06]', async () => {
  const { set } = await extractFiles({
    'src/main/java/desk/Rules.java': rules,
    'src/main/java/desk/Loans.java': loans,
    'src/main/java/desk/Mailer.java': mailer,
    'src/main/java/desk/Handler.java': handler,
  })
  const titles = new Map(factsOf(set.facts, 'operation').map((one) => [one.id, operationTitle(one)]))
  const said = factsOf(set.facts, 'error').map((one) => sayFact(one, titles.get(one.operation) ?? ''))
  expect(said.toSorted()).toEqual([
    "IF, for DELETE /loans/{id}, `hasAuthority('loans')` does not hold, THEN the service SHALL answer 404.",
    'IF, for DELETE /loans/{id}, `loans.deleteOne(path.id)` does not hold, THEN the service SHALL answer 410.',
    'IF, for DELETE /loans/{id}, the caller is not signed in, or the header X-CSRF-TOKEN is missing, THEN the service SHALL answer 403.',
    'IF, for GET /loans/{id}, `loans.findById(path.id)` is missing, THEN the service SHALL answer 404.',
    'IF, for GET /loans/{id}, the caller is not signed in, THEN the service SHALL answer 403.',
    'IF, for GET /shelves, the caller is not signed in, or the caller does not have the role "desk", THEN the service SHALL answer 403.',
    'IF, for POST /sign-in, the header X-CSRF-TOKEN is missing, THEN the service SHALL answer 403.',
  ])
})

test('bounds that leave out their end, flags that have to be set and numbers that are bounded by their type are read [SPEC-PACKS-02]', async () => {
  const java = summarize(
    await extractFiles({
      'src/main/java/desk/Loans.java': `package desk;
import jakarta.validation.Valid;
import jakarta.validation.constraints.*;
import org.springframework.web.bind.annotation.*;
@RestController
public class Loans {
  @PostMapping("/loans")
  public String borrow(@Valid @RequestBody Loan loan) { return "ok"; }
}
class Loan {
  @DecimalMin(value = "0", inclusive = false) public java.math.BigDecimal fee;
  @AssertTrue public boolean isAgreed;
}
`,
    }),
  )
  expect(java.constraints['POST /loans']).toEqual(['body.fee exclusiveMinimum 0', 'body.isAgreed const true'])
  const python = summarize(
    await extractFiles({
      'requirements.txt': 'fastapi\n',
      'main.py': `
from fastapi import FastAPI
from pydantic import BaseModel, HttpUrl, NonNegativeFloat, PositiveInt
app = FastAPI()
class Loan(BaseModel):
    days: PositiveInt
    fee: NonNegativeFloat
    link: HttpUrl
@app.post("/loans")
def borrow(loan: Loan):
    return {}
`,
    }),
  )
  expect(python.constraints['POST /loans']).toEqual([
    'body.days exclusiveMinimum 0',
    'body.fee minimum 0',
    'body.link format uri',
  ])
})

test.each([
  ['http.httpBasic(AbstractHttpConfigurer::disable).formLogin(it -> it.disable())', 403],
  ['http.httpBasic().disable()', 403],
  ['http.httpBasic(Customizer.withDefaults())', 401],
])('who is not signed in is refused as the sign-in that is on refuses: %s', async (signIn, status) => {
  const { set } = await extractFiles({
    'src/main/java/desk/Rules.java': rules.replace(
      '    return http.build();',
      `    ${signIn};\n    return http.build();`,
    ),
    'src/main/java/desk/Loans.java': loans,
  })
  const refusals = factsOf(set.facts, 'error').filter(({ condition }) =>
    JSON.stringify(condition).includes('@caller'),
  )
  expect([...new Set(refusals.map((one) => one.status))]).toEqual([status])
})
