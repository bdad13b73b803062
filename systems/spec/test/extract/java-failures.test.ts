import { expect, test } from 'vitest'
import { factsOf } from '../../src/facts/fact-set.ts'
import { operationTitle, sayFact } from '../../src/requirements/say-fact.ts'
import { extractFiles } from '../packs/fixture.ts'

const web = 'import org.springframework.http.*;\nimport org.springframework.web.bind.annotation.*;'

/** What errors of a service say, each without what all of them begin with. */
async function errors(files: Record<string, string>): Promise<string[]> {
  const { set } = await extractFiles(
    Object.fromEntries(Object.entries(files).map(([name, text]) => [pathOf(name), text])),
  )
  const titles = new Map(factsOf(set.facts, 'operation').map((one) => [one.id, operationTitle(one)]))
  return factsOf(set.facts, 'error')
    .map((one) => sayFact(one, titles.get(one.operation) ?? '').replace(/, THEN the service SHALL/, ':'))
    .toSorted()
}

const pathOf = (name: string) => (name.includes('.') ? name : `src/main/java/kiln/${name}.java`)

const pots = `package kiln;
import java.util.Optional;
${web}
@RestController
class Pots {
  private final Shelf shelf;
  Pots(Shelf shelf) { this.shelf = shelf; }
  @GetMapping("/pots/{id}") String one(@PathVariable String id) { return shelf.byId(id).orElseThrow(Fault.LOST::asFailure); }
  @DeleteMapping("/pots/{id}") void drop(@PathVariable String id) {
    if (shelf.isHot(id)) throw new Failure(Fault.HOT);
  }
}
interface Shelf { Optional<String> byId(String id); boolean isHot(String id); }
`
const failure = `package kiln;
class Failure extends RuntimeException {
  private final Fault fault;
  Failure(Fault fault) { super(fault.text()); this.fault = fault; }
  Fault fault() { return fault; }
}
`
const advice = `package kiln;
${web}
@RestControllerAdvice
class Advice {
  @ExceptionHandler
  ProblemDetail failed(Failure e) { return ProblemDetail.forStatusAndDetail(e.fault().status(), e.getMessage()); }
}
`

test('a method of Java is called, though a field has its name too [SPEC-EXTRACT-06]', async () => {
  expect(
    await errors({
      Pots: pots,
      Failure: failure,
      Advice: advice,
      Fault: `package kiln;
import org.springframework.http.HttpStatus;
import static org.springframework.http.HttpStatus.*;
enum Fault {
  LOST(NOT_FOUND, "no such pot"), HOT(CONFLICT, "it is hot");
  private final HttpStatus status;
  private final String text;
  Fault(HttpStatus status, String text) { this.status = status; this.text = text; }
  HttpStatus status() { return status; }
  String text() { return text; }
  Failure asFailure() { return new Failure(this); }
}
`,
    }),
  ).toEqual([
    'IF, for DELETE /pots/{id}, `shelf.isHot(path.id)` holds: answer 409 and say "it is hot".',
    'IF, for GET /pots/{id}, `shelf.byId(path.id)` is missing: answer 404 and say "no such pot".',
  ])
})

const reactive =
  '<project><dependency><artifactId>spring-boot-starter-webflux</artifactId></dependency></project>'
const handler = `package kiln;
import org.springframework.boot.web.reactive.error.ErrorWebExceptionHandler;
import org.springframework.http.*;
import org.springframework.web.server.*;
import reactor.core.publisher.Mono;
class Errors implements ErrorWebExceptionHandler {
  public Mono<Void> handle(ServerWebExchange exchange, Throwable error) {
    if (error instanceof Broken b) return write(exchange, b.status);
    if (error instanceof ResponseStatusException r) return write(exchange, r.getStatusCode());
    return write(exchange, HttpStatus.INTERNAL_SERVER_ERROR);
  }
  private Mono<Void> write(ServerWebExchange exchange, HttpStatusCode status) {
    var response = exchange.getResponse();
    response.setStatusCode(status);
    return response.setComplete();
  }
}
`
const broken = `package kiln;
import org.springframework.http.HttpStatus;
import reactor.core.publisher.Mono;
class Broken extends RuntimeException {
  final HttpStatus status;
  Broken(HttpStatus status, String text) { super(text); this.status = status; }
  static <T> Mono<T> lost() { return fail(HttpStatus.NOT_FOUND, "lost"); }
  static <T> Mono<T> taken() { return fail(HttpStatus.CONFLICT, "taken"); }
  private static <T> Mono<T> fail(HttpStatus status, String text) { return Mono.error(() -> new Broken(status, text)); }
}
`
const shelf = `package kiln;
import reactor.core.publisher.Mono;
interface Shelf { Mono<String> byId(String id); }
`

test("WebFlux's handler of what is left answers errors of controllers and of functional routes, which its chains guard as well [SPEC-EXTRACT-06]", async () => {
  const found = await errors({
    'pom.xml': reactive,
    Errors: handler,
    Broken: broken,
    Shelf: shelf,
    Pots: `package kiln;
import org.springframework.web.bind.annotation.*;
import reactor.core.publisher.Mono;
@RestController
class Pots {
  private Shelf shelf;
  @GetMapping("/pots/{id}") Mono<String> one(@PathVariable String id) { return shelf.byId(id).switchIfEmpty(Broken.lost()); }
  @PostMapping("/pots/{id}") Mono<String> put(@PathVariable String id, @RequestBody Glaze glaze) { return shelf.byId(id).flatMap(it -> Broken.<String>taken()); }
}
class Glaze { public String name; }
`,
    Routes: `package kiln;
import org.springframework.context.annotation.Bean;
import org.springframework.web.reactive.function.server.*;
import reactor.core.publisher.Mono;
class Routes {
  @Bean RouterFunction<ServerResponse> all(Kilns kilns) { return RouterFunctions.route().GET("/kilns/{id}", kilns::one).build(); }
}
class Kilns {
  private Shelf shelf;
  Mono<ServerResponse> one(ServerRequest request) {
    return shelf.byId(request.pathVariable("id")).switchIfEmpty(Broken.lost()).flatMap(it -> ServerResponse.ok().bodyValue(it));
  }
}
`,
    Chain: `package kiln;
import org.springframework.context.annotation.Bean;
import org.springframework.security.config.web.server.ServerHttpSecurity;
import org.springframework.security.web.server.SecurityWebFilterChain;
class Chain {
  @Bean SecurityWebFilterChain chain(ServerHttpSecurity http) {
    return http.authorizeExchange(it -> it.pathMatchers("/pots/**").permitAll().anyExchange().authenticated())
      .httpBasic(basic -> {}).build();
  }
}
`,
  })
  expect(found).toEqual([
    'IF, for GET /kilns/{id}, `kilns.shelf.byId(path.id)` is missing: answer 404.',
    'IF, for GET /kilns/{id}, the caller is not signed in: answer 401.',
    'IF, for GET /pots/{id}, `shelf.byId(path.id)` is missing: answer 404.',
    'IF, for POST /pots/{id}, `shelf.byId(path.id)` is there: answer 409.',
    'IF, for POST /pots/{id}, the body can not be read: answer 400.',
  ])
})

const chain = (inner: string, entry: string) => `package kiln;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.security.config.annotation.web.builders.HttpSecurity;
import org.springframework.security.web.AuthenticationEntryPoint;
import org.springframework.security.web.SecurityFilterChain;
import org.springframework.web.servlet.HandlerExceptionResolver;
@Configuration
class Chain {
  @Bean SecurityFilterChain api(HttpSecurity http, AuthenticationEntryPoint entry) throws Exception {
    return http.csrf(it -> it.disable())
      .authorizeHttpRequests(it -> it.requestMatchers("/open").permitAll().anyRequest().authenticated())
      .oauth2ResourceServer(it -> it.jwt(jwt -> {})${inner})
      ${entry}.build();
  }
  @Bean AuthenticationEntryPoint entry(HandlerExceptionResolver resolver) {
    return (request, response, error) -> resolver.resolveException(request, response, null, error);
  }
}
`
const open = `package kiln;
${web}
@RestController
class Pots {
  @GetMapping("/open") String open() { return "open"; }
  @GetMapping("/pots") String all() { return "all"; }
}
`
const unknown = `package kiln;
import org.springframework.security.core.AuthenticationException;
${web}
@RestControllerAdvice
class Advice {
  @ExceptionHandler ProblemDetail unknown(AuthenticationException e) { return ProblemDetail.forStatus(HttpStatus.GONE); }
}
`

test('a resource server refuses a token that is not valid where nobody has to sign in, and an entry point that hands its error on is answered by the handlers of errors [SPEC-EXTRACT-06]', async () => {
  const said = (status: number) => [
    `IF, for GET /open, the header Authorization is not a valid bearer token and the header Authorization is there: answer ${status}.`,
    `IF, for GET /pots, the caller is not signed in: answer ${status}.`,
  ]
  expect(await errors({ Pots: open, Chain: chain('', '') })).toEqual(said(401))
  const own = '.authenticationEntryPoint(entry)'
  const handedOn = chain(own, `.exceptionHandling(it -> it${own})`)
  expect(await errors({ Pots: open, Chain: handedOn, Advice: unknown })).toEqual(said(410))
})

test('of what is answered in several ways it is told by what is wrong with the request [SPEC-EXTRACT-06]', async () => {
  expect(
    await errors({
      Pots: `package kiln;
import jakarta.validation.constraints.*;
${web}
@RestController
class Pots {
  @GetMapping("/pots") String all(@RequestParam @Min(1) @Max(50) int limit, @RequestParam(required = false) @Size(min = 3) String glaze) { return "all"; }
}
`,
      Advice: `package kiln;
${web}
import org.springframework.web.method.annotation.*;
import org.springframework.web.bind.MissingServletRequestParameterException;
@RestControllerAdvice
class Advice {
  @ExceptionHandler(HandlerMethodValidationException.class) ProblemDetail bounds() { return ProblemDetail.forStatus(422); }
  @ExceptionHandler(MissingServletRequestParameterException.class) ProblemDetail missing() { return ProblemDetail.forStatus(428); }
}
`,
    }),
  ).toEqual([
    'IF, for GET /pots, the length of the query parameter glaze is less than 3, or the query parameter limit is less than 1, or the query parameter limit is greater than 50: answer 422.',
    'IF, for GET /pots, the query parameter limit is missing: answer 428.',
    'IF, for GET /pots, the query parameter limit is not a whole number: answer 400.',
  ])
})

test('Micronaut answers 404 where an Optional holds nothing, and errors by a controller of its own before all others [SPEC-EXTRACT-06]', async () => {
  const kilns = (own: string) => `package kiln;
import io.micronaut.http.*;
import io.micronaut.http.annotation.*;
import java.util.Optional;
@Controller("/kilns")
class Kilns {
  private final Shelf shelf;
  Kilns(Shelf shelf) { this.shelf = shelf; }
  @Get("/{id}") Optional<String> one(String id) { return shelf.byId(id).map(String::trim); }
  @Delete("/{id}") void drop(String id) { if (shelf.isHot(id)) throw new Hot(); }
  ${own}
}
interface Shelf { Optional<String> byId(String id); boolean isHot(String id); }
class Hot extends RuntimeException {}
`
  const all = `package kiln;
import io.micronaut.http.*;
import io.micronaut.http.server.exceptions.ExceptionHandler;
class Handler implements ExceptionHandler<Hot, HttpResponse<?>> {
  public HttpResponse<?> handle(HttpRequest request, Hot hot) { return HttpResponse.status(HttpStatus.CONFLICT); }
}
`
  const own = '@Error HttpResponse<?> hot(Hot hot) { return HttpResponse.status(HttpStatus.LOCKED); }'
  const said = (status: number) => [
    `IF, for DELETE /kilns/{id}, \`shelf.isHot(path.id)\` holds: answer ${status}.`,
    'IF, for GET /kilns/{id}, `shelf.byId(path.id)` is missing: answer 404.',
  ]
  expect(await errors({ Kilns: kilns(''), Handler: all })).toEqual(said(409))
  expect(await errors({ Kilns: kilns(own), Handler: all })).toEqual(said(423))
})

test('an Optional that holds nothing and is given none fails as Java documents it, where something takes that [SPEC-EXTRACT-06]', async () => {
  const pot = (advice: string) => ({
    Pots: `package kiln;
import java.util.Optional;
${web}
@RestController
class Pots {
  private Shelf shelf;
  @GetMapping("/pots/{id}") String one(@PathVariable String id) { return shelf.byId(id).map(String::trim).orElseThrow(); }
}
interface Shelf { Optional<String> byId(String id); }
`,
    Advice: `package kiln;
import java.util.NoSuchElementException;
${web}
@RestControllerAdvice
class Advice {
  @ExceptionHandler(${advice}.class) ResponseEntity<String> none() { return ResponseEntity.notFound().build(); }
}
`,
  })
  expect(await errors(pot('NoSuchElementException'))).toEqual([
    'IF, for GET /pots/{id}, `shelf.byId(path.id)` is missing: answer 404.',
  ])
  expect(await errors(pot('Exception'))).toEqual([])
})
