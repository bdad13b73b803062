import { expect, test } from 'vitest'
import { factsOf } from '../../src/facts/fact-set.ts'
import { extractFiles } from '../packs/fixture.ts'

const described = `openapi: 3.0.0
info: { title: Depot, version: 1.0.0 }
servers: [{ url: /depot }]
paths:
  /crates/{crateId}:
    get:
      operationId: find-crate
      security: [{ badge: [] }]
      parameters: [{ name: crateId, in: path, required: true, schema: { type: string } }]
      responses: { '200': { description: a crate } }
  /crates:
    put:
      operationId: count-crates
      responses: { '200': { description: a number }, '507': { description: no room } }
    post:
      operationId: add-crate
      requestBody: { required: true, content: { application/json: { schema: { type: object, required: [label], properties: { label: { type: string } } } } } }
      responses: { '201': { description: made } }
`

const server = `package depot;
import io.vertx.core.AbstractVerticle;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import io.vertx.ext.web.openapi.RouterBuilder;
public class Server extends AbstractVerticle {
  private static final String FIND = "find-crate";
  @Override public void start() {
    RouterBuilder.create(vertx, "docs/depot.yaml")
      .onFailure(Throwable::printStackTrace)
      .onSuccess(builder -> {
        builder.securityHandler("badge", this::badge);
        builder.operation(FIND).handler(this::find);
        builder.operation("count-crates").handler(c -> Depot.counted(c));
        builder.operation("add-crate").handler(this::weigh).handler(this::add);
        builder.operation("lost").handler(this::add);
        builder.rootHandler(c -> { if (c.request().getHeader("x-late") != null) { c.response().setStatusCode(503).end(); return; } c.next(); });
        Router router = builder.createRouter();
        router.get("/health").handler(c -> c.response().setStatusCode(204).end());
        router.route().last().handler(c -> c.response().setStatusCode(404).end("no such path"));
        vertx.createHttpServer().requestHandler(router).listen(8080);
      });
  }
  private void badge(RoutingContext c) {
    if (c.request().getHeader("x-badge") == null) { c.response().setStatusCode(401).end(); return; }
    c.next();
  }
  private void weigh(RoutingContext c) {
    if (c.request().getHeader("x-weight") == null) { c.response().setStatusCode(411).end(); return; }
    c.next();
  }
  private void find(RoutingContext c) {
    if (c.pathParam("crateId").equals("0")) { c.response().setStatusCode(404).end(); return; }
    c.response().setStatusCode(200).end("a");
  }
  private void add(RoutingContext c) { c.response().setStatusCode(201).end(); }
}
`

test('handlers that Vert.x code gives operations of an API description by their names answer these [SPEC-PACKS-01]', async () => {
  const { set } = await extractFiles({
    'docs/depot-openapi.yaml': described.replace('Depot', 'Old'),
    'src/main/java/depot/Server.java': server,
  })
  const operations = factsOf(set.facts, 'operation')
  const of = (id: string) => {
    const one = operations.find((operation) => operation.id === id)
    return `${one?.method} ${one?.path}`
  }
  expect(operations.map(({ method, path, grade }) => `${method} ${path} ${grade}`).toSorted()).toEqual([
    'GET /crates/{crateId} proved',
    'GET /health proved',
    'POST /crates proved',
    'PUT /crates proved',
  ])
  expect(
    factsOf(set.facts, 'error')
      .map(
        ({ operation, status, grade }) =>
          `${of(operation)} ${status}${grade === 'proved' ? '' : ` ${grade}`}`,
      )
      .toSorted(),
  ).toEqual([
    'GET /crates/{crateId} 401',
    'GET /crates/{crateId} 404',
    'GET /crates/{crateId} 503',
    'GET /health 503',
    'POST /crates 411',
    'POST /crates 503',
    'PUT /crates 503',
  ])
  expect(factsOf(set.facts, 'guard').map(({ operation }) => of(operation))).toEqual(['GET /crates/{crateId}'])
  expect(factsOf(set.facts, 'body').map(({ operation }) => of(operation))).toEqual(['POST /crates'])
})

test('of operations that are routed by a description and whose code was seen to answer nothing it says what it has [SPEC-PACKS-01]', async () => {
  const { set } = await extractFiles({
    'docs/depot-openapi.yaml': described,
    'src/main/java/depot/Server.java': server.replace(
      / *builder\.rootHandler[^\n]*\n(?:[^\n]*\n)*?(?= *Router router)/,
      '',
    ),
  })
  expect(
    factsOf(set.facts, 'error')
      .filter(({ grade }) => grade !== 'proved')
      .map(({ status, grade }) => `${status} ${grade}`),
  ).toEqual(['507 declared'])
})
