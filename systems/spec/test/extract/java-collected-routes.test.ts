import { expect, test } from 'vitest'
import { factsOf } from '../../src/facts/fact-set.ts'
import { operationTitle } from '../../src/requirements/say-fact.ts'
import { extractFiles } from '../packs/fixture.ts'

const java = (name: string, body: string) => ({
  [`src/main/java/pier/${name}.java`]: `package pier;
import io.vertx.core.*;
import io.vertx.core.http.HttpMethod;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import java.util.*;
import lombok.Value;
import org.springframework.context.annotation.*;
${body}`,
})

const pier = (register: string) =>
  extractFiles({
    'pom.xml': '<project><dependency><artifactId>vertx-web</artifactId></dependency></project>',
    ...java(
      'Service',
      `public interface Service extends Handler<RoutingContext> { List<Point> points(); }\n`,
    ),
    ...java(
      'Point',
      `@Value(staticConstructor = "at")\npublic class Point { HttpMethod method; String path; }\n`,
    ),
    ...java(
      'Moor',
      `public class Moor implements Service {
  @Override public List<Point> points() { return Collections.singletonList(Point.at(HttpMethod.POST, "/moorings")); }
  @Override public void handle(RoutingContext context) { context.response().setStatusCode(409).end("Full."); }
}
`,
    ),
    ...java(
      'Leave',
      `public class Leave implements Service {
  @Override public List<Point> points() { return List.of(Point.at(HttpMethod.DELETE, "/moorings"), Point.at(HttpMethod.POST, "/leave")); }
  @Override public void handle(RoutingContext context) { context.response().end("gone"); }
}
`,
    ),
    ...java('Pier', register),
  })

const each = `services.forEach(service -> service.points().forEach(point ->
      router.route(point.getMethod(), point.getPath()).handler(service)));`

test.each([
  [
    'a bean',
    `@Configuration
public class Pier {
  @Bean Router router(Vertx vertx, List<Service> services) {
    Router router = Router.router(vertx);
    ${each}
    return router;
  }
}
`,
  ],
  [
    'a constructor',
    `public class Pier extends AbstractVerticle {
  private final Set<Service> services;
  public Pier(Set<Service> services) { this.services = Objects.requireNonNull(services); }
  @Override public void start() {
    Router router = Router.router(vertx);
    ${each}
    vertx.createHttpServer().requestHandler(router).listen(8080);
  }
}
`,
  ],
])(
  'a router that %s gives all services of a class serves what each of them says [SPEC-PACKS-01]',
  async (_by, register) => {
    const { set } = await pier(register)
    expect(factsOf(set.facts, 'operation').map(operationTitle).toSorted()).toEqual([
      'DELETE /moorings',
      'POST /leave',
      'POST /moorings',
    ])
    expect(factsOf(set.facts, 'error').map(({ status }) => status)).toEqual([409])
  },
)
