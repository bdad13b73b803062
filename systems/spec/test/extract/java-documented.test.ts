import { expect, test } from 'vitest'
import { factsOf } from '../../src/facts/fact-set.ts'
import { extractFiles } from '../packs/fixture.ts'

const dependency = (group: string, artifact: string, version: string) =>
  `<project><groupId>example</groupId><artifactId>kiln</artifactId><dependencies><dependency><groupId>${group}</groupId><artifactId>${artifact}</artifactId><version>${version}</version></dependency></dependencies></project>`

async function serviceOf(manifest: string, code: string) {
  const { set } = await extractFiles({
    'pom.xml': manifest,
    'src/main/java/kiln/Kiln.java': `package kiln;\n${code}`,
  })
  const operations = new Map(
    factsOf(set.facts, 'operation').map((one) => [one.id, `${one.method} ${one.path}`]),
  )
  const questions = set.questions.map(({ text }) => text)
  const of = (id: string) => operations.get(id) ?? ''
  return {
    questions,
    operations: [...operations.values()].toSorted(),
    inputs: factsOf(set.facts, 'parameter')
      .map((one) => `${of(one.operation)}: ${one.in} ${one.name} ${one.shape.type}`)
      .toSorted(),
    required: factsOf(set.facts, 'parameter')
      .filter(({ isRequired }) => isRequired)
      .map((one) => `${of(one.operation)}: ${one.name}`),
    bodies: factsOf(set.facts, 'body')
      .map(
        (one) =>
          `${of(one.operation)}: ${one.shape.type === 'object' ? one.shape.fields.map(({ name }) => name).join() : one.shape.type === 'model' ? one.shape.name : one.shape.type}`,
      )
      .toSorted(),
    answers: factsOf(set.facts, 'response')
      .map((one) => `${of(one.operation)}: ${one.status}`)
      .toSorted(),
    errors: factsOf(set.facts, 'error')
      .filter(({ raisedBy }) => raisedBy !== 'Micronaut' && raisedBy !== 'JAX-RS')
      .map(
        (one) =>
          `${of(one.operation)}: ${one.grade === 'open' ? 'open ' : ''}${one.status} ${one.condition
            .map((row) => row.map(({ subject, op }) => `${subject} ${op}`).join(' and '))
            .join(' or ')}`,
      )
      .toSorted(),
    invalid: factsOf(set.facts, 'error')
      .filter(({ raisedBy }) => raisedBy === 'Micronaut' || raisedBy === 'JAX-RS')
      .map((one) => `${of(one.operation)}: ${one.status}`),
    guards: factsOf(set.facts, 'guard').map(
      (one) =>
        `${of(one.operation)}: ${one.guard} ${one.credentials.map((shown) => `${shown.in}.${shown.name}`).join()}`,
    ),
  }
}

test('JAX-RS: parts of the path without an annotation, fields of resources, locators by class, and answers without a body [SPEC-EXTRACT-01]', async () => {
  const { answers, bodies, errors, inputs, operations } = await serviceOf(
    dependency('io.quarkus', 'quarkus-rest-jackson', '3.9.0'),
    `
import jakarta.ws.rs.*;
import jakarta.ws.rs.container.AsyncResponse;
import jakarta.ws.rs.container.Suspended;
import jakarta.annotation.security.DenyAll;
import org.jboss.resteasy.reactive.RestHeader;
class Pot { public String name; }
class Shards { @GET @Path("old") public Pot old() { return new Pot(); } }
@Path("/pots") class Pots {
  @QueryParam("glaze") String glaze;
  @GET @Path("{id}") public Pot one(Long id, @MatrixParam("m") String m, @RestHeader String xMaker) {
    System.out.println(xMaker);
    if (id == 0) return null;
    return new Pot();
  }
  @Path("shards") public Class<Shards> shards() { return Shards.class; }
  @GET @Path("later") public void later(@Suspended AsyncResponse later) { make(later); }
  @GET @Path("never") @DenyAll public Pot never() { return new Pot(); }
  void make(AsyncResponse later) {}
}`,
  )
  expect(operations).toContain('GET /pots/shards/old')
  expect(bodies).toEqual([])
  expect(inputs).toEqual(
    expect.arrayContaining([
      'GET /pots/{id}: header x-maker string',
      'GET /pots/{id}: path id integer',
      'GET /pots/{id}: query glaze string',
    ]),
  )
  expect(inputs.filter((one) => / m /.test(one))).toEqual([])
  expect(answers.filter((one) => /\{id\}|later/.test(one))).toEqual([
    'GET /pots/{id}: 200',
    'GET /pots/{id}: 204',
  ])
  expect(errors).toContain('GET /pots/never: 403 @caller true')
})

test('JAX-RS: what is answered later, where it sends elsewhere, parts of forms and lists of texts [SPEC-EXTRACT-01]', async () => {
  const { answers, errors, inputs, invalid } = await serviceOf(
    dependency('io.quarkus', 'quarkus-rest-jackson', '3.9.0'),
    `
import jakarta.ws.rs.*;
import jakarta.ws.rs.container.AsyncResponse;
import jakarta.ws.rs.container.Suspended;
import jakarta.ws.rs.core.Response;
import org.glassfish.jersey.media.multipart.FormDataParam;
import java.io.InputStream;
import java.util.List;
class Pot { public String name; }
@Path("/pots") class Pots {
  @GET @Path("later") public void later(@Suspended AsyncResponse later, @QueryParam("clay") String clay) {
    if (clay == null) { later.resume(new NotFoundException("no clay")); return; }
    later.resume(Response.status(202).entity(new Pot()).build());
  }
  @GET @Path("moved") public Pot moved(@QueryParam("glaze") List<String> glazes) {
    throw new RedirectionException(Response.Status.FOUND, null);
  }
  @POST @Consumes("multipart/form-data") public Pot upload(@FormDataParam("image") InputStream image) { return new Pot(); }
}`,
  )
  expect(answers).toEqual(['GET /pots/later: 202', 'GET /pots/moved: 302', 'POST /pots: 200'])
  expect(errors).toEqual(['GET /pots/later: 404 query.clay absent'])
  expect(inputs).toContain('POST /pots: form image file')
  expect(invalid).toEqual([])
})

test('Dropwizard answers 404 for an empty Optional [SPEC-EXTRACT-03]', async () => {
  const { answers, errors } = await serviceOf(
    dependency('io.dropwizard', 'dropwizard-core', '4.0.0'),
    `
import io.dropwizard.core.Application;
import jakarta.ws.rs.*;
import java.util.Optional;
class Pot { public String name; }
interface Shelf { Optional<Pot> findById(String id); }
@Path("/pots") class Pots {
  Shelf shelf;
  @GET @Path("{id}") public Optional<Pot> one(@PathParam("id") String id) { return shelf.findById(id); }
}`,
  )
  expect(answers).toEqual(['GET /pots/{id}: 200'])
  expect(errors).toEqual(['GET /pots/{id}: 404 shelf.findById(path.id) absent'])
})

test('Micronaut: fields of a body, statuses that are given, templates of paths and handlers of errors for all [SPEC-EXTRACT-01]', async () => {
  const { answers, bodies, errors, inputs, operations, required } = await serviceOf(
    dependency('io.micronaut', 'micronaut-http-server-netty', '4.0.0'),
    `
import io.micronaut.http.HttpResponse;
import io.micronaut.http.HttpStatus;
import io.micronaut.http.annotation.*;
import io.micronaut.http.annotation.Error;
import io.micronaut.core.annotation.Nullable;
class Cracked extends RuntimeException { Cracked(String m) { super(m); } }
@Controller("/pots") class Pots {
  @Post String fire(String name, int heat) { return name; }
  @Delete("/{id}") HttpStatus smash(Long id) { return HttpStatus.NO_CONTENT; }
  @Get("/made{/year}") String made(@QueryValue("kiln") String kiln) { return kiln; }
  @Get("/files/{+path}") HttpResponse<?> files(String path, @Header String xMaker) { return HttpResponse.permanentRedirect(null); }
  @Get("/sorted") String sorted(String by, @Nullable String then) { return by; }
  @Get("/cracked") String cracked() { throw new Cracked("cracked"); }
}
@Controller("/other") class Other {
  @Error(global = true) HttpResponse<?> any(Cracked e) { return HttpResponse.status(HttpStatus.I_AM_A_TEAPOT); }
  @Error(status = HttpStatus.NOT_FOUND, global = true) HttpResponse<?> none() { return HttpResponse.notFound(); }
}`,
  )
  expect(operations).toEqual([
    'DELETE /pots/{id}',
    'GET /pots/cracked',
    'GET /pots/files/{path*}',
    'GET /pots/made',
    'GET /pots/made/{year}',
    'GET /pots/sorted',
    'POST /pots',
  ])
  expect(required.filter((one) => one.startsWith('GET /pots/sorted'))).toEqual(['GET /pots/sorted: by'])
  expect(bodies).toEqual(['POST /pots: name,heat'])
  expect(inputs).toEqual(
    expect.arrayContaining([
      'GET /pots/files/{path*}: header x-maker string',
      'GET /pots/files/{path*}: path path string',
    ]),
  )
  expect(answers).toEqual(expect.arrayContaining(['DELETE /pots/{id}: 204', 'GET /pots/files/{path*}: 308']))
  expect(errors).toEqual(['GET /pots/cracked: 418 '])
})

test('Javalin, Spark and Vert.x: lambdas that set a status, types before a handler, bodies by Gson, what ends a request [SPEC-EXTRACT-01]', async () => {
  const javalin = await serviceOf(
    dependency('io.javalin', 'javalin', '6.1.0'),
    `
import io.javalin.Javalin;
import io.javalin.http.UnprocessableContentResponse;
class Kiln {
  public static void main(String[] args) {
    Javalin app = Javalin.create().start(80);
    app.delete("/pots/{id}", ctx -> ctx.status(204));
    app.get("/files/<path>", ctx -> ctx.result(ctx.pathParam("path")));
    app.get("/broken", ctx -> { throw new UnprocessableContentResponse("broken"); });
  }
}`,
  )
  expect(javalin.answers).toContain('DELETE /pots/{id}: 204')
  expect(javalin.operations).toContain('GET /files/{path*}')
  expect(javalin.errors).toEqual(['GET /broken: 422 '])
  const spark = await serviceOf(
    dependency('com.sparkjava', 'spark-core', '2.9.4'),
    `
import static spark.Spark.get;
import static spark.Spark.post;
import static spark.Spark.halt;
import com.google.gson.Gson;
class Pot { String name; }
class Kiln {
  public static void main(String[] args) {
    get("/pots", "application/json", (request, response) -> new Pot(), new Gson()::toJson);
    post("/pots", (request, response) -> {
      Pot pot = new Gson().fromJson(request.body(), Pot.class);
      if (pot.name == null) halt(422, "no name");
      response.status(201);
      return "made";
    });
  }
}`,
  )
  expect(spark.answers).toEqual(['GET /pots: 200', 'POST /pots: 201'])
  expect(spark.bodies).toEqual(['POST /pots: name'])
  expect(spark.errors).toEqual(['POST /pots: 422 body.name absent'])
  const vertx = await serviceOf(
    dependency('io.vertx', 'vertx-web', '4.5.0'),
    `
import io.vertx.core.AbstractVerticle;
import io.vertx.core.AsyncResult;
import io.vertx.core.Handler;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.handler.BodyHandler;
import io.vertx.ext.web.handler.HttpException;
import io.vertx.ext.web.handler.JWTAuthHandler;
class Kiln extends AbstractVerticle {
  public void start() {
    Router router = Router.router(vertx);
    router.route().handler(BodyHandler.create().setBodyLimit(1024));
    router.route("/secret/*").handler(JWTAuthHandler.create(null));
    router.get("/secret/glaze").handler(ctx -> ctx.response().end("glaze"));
    router.post("/pots").handler(ctx -> {
      JsonObject pot = ctx.body().asJsonObject();
      if (pot == null) { ctx.fail(400); return; }
      ctx.response().setStatusCode(201).end(pot.encode());
    });
    router.get("/later").handler(ctx -> fire(done -> {
      if (done.failed()) ctx.fail(done.cause());
      else ctx.response().end("fired");
    }));
    router.get("/broken").handler(ctx -> { throw new HttpException(409, "broken"); });
    vertx.createHttpServer().requestHandler(router).listen(80);
  }
  native void fire(Handler<AsyncResult<String>> done);
}`,
  )
  expect(vertx.questions).toContain('Which status does the answer of GET /later have?')
  expect(vertx.bodies).toEqual(['POST /pots: unknown'])
  expect(vertx.errors).toEqual([
    'GET /broken: 409 ',
    'GET /secret/glaze: 401 @caller false',
    'POST /pots: 400 body absent',
    'POST /pots: 413 body fits as within the limit false',
  ])
  expect(vertx.guards).toEqual(['GET /secret/glaze: authentication header.authorization'])
})
