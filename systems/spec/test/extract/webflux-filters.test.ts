import { expect, test } from 'vitest'
import { factsOf } from '../../src/facts/fact-set.ts'
import { operationTitle, sayFact } from '../../src/requirements/say-fact.ts'
import { extractFiles } from '../packs/fixture.ts'

const files = {
  'build.gradle': "implementation 'org.springframework.boot:spring-boot-starter-webflux'",
  'src/main/java/quay/App.java': `package quay;

import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.SpringBootApplication;

@SpringBootApplication
public class App {
  public static void main(String[] args) {
    SpringApplication.run(App.class, args);
  }
}
`,
  'src/main/java/quay/Routes.java': `package quay;

import static org.springframework.web.reactive.function.server.RequestPredicates.*;
import static org.springframework.web.reactive.function.server.RouterFunctions.*;

import org.springframework.context.annotation.*;
import org.springframework.http.HttpStatus;
import org.springframework.stereotype.Component;
import org.springframework.web.reactive.function.server.*;
import reactor.core.publisher.Mono;

@Configuration
class Routes {
  @Bean
  RouterFunction<ServerResponse> boats(Boats boats, Gate gate) {
    return route()
        .GET("/boats", boats::all)
        .build()
        .and(nest(path("/boats"), route(GET("/{name}"), boats::one)).filter(gate));
  }
}

@Component
class Gate implements HandlerFilterFunction<ServerResponse, ServerResponse> {
  @Override
  public Mono<ServerResponse> filter(ServerRequest request, HandlerFunction<ServerResponse> next) {
    if (request.headers().firstHeader("X-Gate") == null) {
      return ServerResponse.status(HttpStatus.UNAUTHORIZED).build();
    }
    return next.handle(request);
  }
}

@Component
class Boats {
  Mono<ServerResponse> all(ServerRequest request) {
    return ServerResponse.ok().bodyValue("boats");
  }

  Mono<ServerResponse> one(ServerRequest request) {
    if (request.pathVariable("name").equals("old")) {
      return Mono.error(new Sunk());
    }
    return ServerResponse.ok().bodyValue("boat");
  }
}

class Sunk extends RuntimeException {}
`,
  'src/main/java/quay/Errors.java': `package quay;

import org.springframework.boot.autoconfigure.web.WebProperties;
import org.springframework.boot.autoconfigure.web.reactive.error.AbstractErrorWebExceptionHandler;
import org.springframework.boot.web.reactive.error.ErrorAttributes;
import org.springframework.context.ApplicationContext;
import org.springframework.http.HttpStatus;
import org.springframework.stereotype.Component;
import org.springframework.web.reactive.function.server.*;
import reactor.core.publisher.Mono;

@Component
class Errors extends AbstractErrorWebExceptionHandler {
  Errors(ErrorAttributes attributes, WebProperties properties, ApplicationContext context) {
    super(attributes, properties.getResources(), context);
  }

  @Override
  protected RouterFunction<ServerResponse> getRoutingFunction(ErrorAttributes attributes) {
    return RouterFunctions.route(RequestPredicates.all(), this::render);
  }

  private Mono<ServerResponse> render(ServerRequest request) {
    Throwable error = getError(request);
    if (error instanceof Sunk) {
      return ServerResponse.status(HttpStatus.GONE).build();
    }
    return ServerResponse.status(HttpStatus.INTERNAL_SERVER_ERROR).build();
  }
}
`,
}

test('a filter of WebFlux that is a thing is put before all that its router routes, and what renders errors answers them [SPEC-EXTRACT-05]', async () => {
  const { set } = await extractFiles(files)
  const titles = new Map(factsOf(set.facts, 'operation').map((one) => [one.id, operationTitle(one)]))
  expect(
    factsOf(set.facts, 'error')
      .map((one) => sayFact(one, titles.get(one.operation) ?? '?'))
      .toSorted(),
  ).toEqual([
    'IF, for GET /boats/{name}, the header X-Gate is missing, THEN the service SHALL answer 401.',
    'IF, for GET /boats/{name}, the path parameter name is "old", THEN the service SHALL answer 410.',
  ])
})
