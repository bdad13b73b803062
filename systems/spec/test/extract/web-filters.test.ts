import { expect, test } from 'vitest'
import { factsOf } from '../../src/facts/fact-set.ts'
import { extractFiles } from '../packs/fixture.ts'

const orchard = (refuse: string, more: Record<string, string> = {}) =>
  extractFiles({
    'pom.xml':
      '<project><dependency><artifactId>spring-boot-starter-webflux</artifactId></dependency></project>',
    'src/main/java/orchard/Trees.java': `package orchard;
import org.springframework.web.bind.annotation.*;
import reactor.core.publisher.Mono;
@RestController
public class Trees {
  @GetMapping("/open") public Mono<String> open() { return Mono.just("open"); }
  @GetMapping("/trees") public Mono<String> all() { return Mono.just("all"); }
}
`,
    'src/main/java/orchard/Keys.java': `package orchard;
import org.springframework.http.*;
import org.springframework.stereotype.Component;
import org.springframework.web.server.*;
import reactor.core.publisher.Mono;
@Component
public class Keys implements WebFilter {
  @Override
  public Mono<Void> filter(ServerWebExchange exchange, WebFilterChain chain) {
    if (exchange.getRequest().getPath().value().startsWith("/open")) return chain.filter(exchange);
    String key = exchange.getRequest().getHeaders().getFirst("X-Key");
    if (key == null) {
      ${refuse}
    }
    return chain.filter(exchange).contextWrite(context -> context.put("key", key));
  }
}
`,
    ...more,
  })
const said = async (refuse: string, more?: Record<string, string>) => {
  const { set } = await orchard(refuse, more)
  return {
    errors: factsOf(set.facts, 'error').map(
      ({ grade, status, condition }) => `${grade} ${status} ${JSON.stringify(condition)}`,
    ),
    questions: set.questions.map(({ text }) => text),
  }
}
const missing = '[[{"subject":"header.X-Key","op":"absent"}]]'

test.each([
  'exchange.getResponse().setStatusCode(HttpStatus.UNAUTHORIZED); return exchange.getResponse().setComplete();',
  'return Mono.error(new ResponseStatusException(HttpStatus.UNAUTHORIZED, "No key"));',
  'throw new ResponseStatusException(HttpStatus.UNAUTHORIZED, "No key");',
])('a filter of WebFlux that is a bean runs before operations: %s [SPEC-PACKS-01]', async (refuse) => {
  const { errors, questions } = await said(refuse)
  expect(errors).toEqual([`proved 401 ${missing}`])
  expect(questions).toEqual([])
})

test("the status of an error of such a filter is asked where the program's own code answers it, or where it has none [SPEC-PACKS-01]", async () => {
  const own = await said('return Mono.error(new ResponseStatusException(HttpStatus.UNAUTHORIZED));', {
    'src/main/java/orchard/Errors.java': `package orchard;
import org.springframework.boot.web.reactive.error.ErrorWebExceptionHandler;
import org.springframework.stereotype.Component;
import org.springframework.web.server.ServerWebExchange;
import reactor.core.publisher.Mono;
@Component
public class Errors implements ErrorWebExceptionHandler {
  @Override
  public Mono<Void> handle(ServerWebExchange exchange, Throwable error) { return Answers.of(exchange, error); }
}
`,
  })
  const none = await said('return Mono.error(new IllegalStateException("No key"));')
  for (const { errors, questions } of [own, none]) {
    expect(errors).toEqual([])
    expect(questions.join()).toContain('Which status does the answer of GET /trees have?')
  }
})
