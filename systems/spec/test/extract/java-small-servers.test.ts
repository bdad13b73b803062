import { expect, test } from 'vitest'
import { factsOf } from '../../src/facts/fact-set.ts'
import { extractFiles, summarize } from '../packs/fixture.ts'

test('a status that a handler of Spark sets is that of what it returns, and of null it is asked [SPEC-PACKS-01]', async () => {
  const extraction = await extractFiles({
    'src/main/java/mill/App.java': `package mill;

import static spark.Spark.*;

public class App {
  public static void main(String[] args) {
    get("/sacks", Sacks::all);
    get("/sieves", (req, res) -> {
      if (req.queryParams("mesh") == null) { res.status(406); return null; }
      return "fine";
    });
  }
}
`,
    'src/main/java/mill/Sacks.java': `package mill;

import spark.Request;
import spark.Response;

public class Sacks {
  public static String all(Request request, Response response) {
    if (request.queryParams("grain") == null) {
      response.status(422);
      return "Which grain?";
    }
    return "sacks";
  }
}
`,
  })
  const errors = factsOf(extraction.set.facts, 'error').map(({ status, grade }) => `${status} ${grade}`)
  expect({ statuses: summarize(extraction).statuses, errors }).toEqual({
    statuses: { 'GET /sacks': [200, 422], 'GET /sieves': [200, 404] },
    errors: ['422 proved', '404 open'],
  })
})

test('Javalin is read with colons in its paths, with a status after the body, and with one without any [SPEC-PACKS-01]', async () => {
  const { statuses, parameters } = summarize(
    await extractFiles({
      'src/main/java/pier/App.java': `package pier;

import io.javalin.Javalin;
import io.javalin.http.Handler;
import static io.javalin.apibuilder.ApiBuilder.*;

public class App {
  static Handler moor = ctx -> {
    if (ctx.formParam("rope") != null) ctx.status(202).result("moored");
    else ctx.status(409);
  };

  public static void main(String[] args) {
    Javalin.create().start(7000).routes(() -> {
      path("/ships", () -> {
        get(ctx -> { ctx.json(Ships.all()).contentType("json").status(203); });
        path(":name", () -> put(moor));
      });
    });
  }
}
`,
    }),
  )
  expect({ statuses, name: parameters['PUT /ships/{name}'] }).toEqual({
    statuses: { 'GET /ships': [203], 'PUT /ships/{name}': [202, 409] },
    name: ['form rope', 'path name'],
  })
})

test('Vert.x is read as it is generated for RxJava and Mutiny, with what a Future was made to be [SPEC-PACKS-01]', async () => {
  const one = (root: string) => `package kiln.${root};

import io.vertx.core.AsyncResult;
import io.vertx.core.Future;
import io.vertx.core.Handler;
import io.vertx.${root}.core.AbstractVerticle;
import io.vertx.${root}.ext.web.Router;
import io.vertx.${root}.ext.web.RoutingContext;

public class Main extends AbstractVerticle {
  @Override
  public void start() {
    Router router = Router.router(vertx);
    router.getDelegate().route().handler(this::guard);
    router.get("/${root}/tiles/:glaze").handler(this::tile);
    vertx.createHttpServer().requestHandler(router).listen(8080);
  }

  private void guard(RoutingContext context) {
    find(context.request().getHeader("x-key"), found -> {
      if (found.failed()) context.response().setStatusCode(401).end();
      else context.next();
    });
  }

  private void find(String key, Handler<AsyncResult<String>> then) {
    if (key == null) then.handle(Future.failedFuture("no key"));
    else then.handle(Future.succeededFuture(key));
  }

  private void tile(RoutingContext context) {
    String size = context.request().getParam("size");
    context.response().end(context.request().getParam("glaze") + size);
  }
}
`
  const { set } = await extractFiles({
    'src/main/java/kiln/reactivex/Main.java': one('reactivex'),
    'src/main/java/kiln/mutiny/Main.java': one('mutiny'),
  })
  const paths = factsOf(set.facts, 'operation').map(({ path }) => path)
  const places = factsOf(set.facts, 'parameter').map((each) => `${each.in} ${each.name}`)
  const refused = factsOf(set.facts, 'error').map(({ status, condition }) => [status, condition])
  const noKey = [401, [[{ subject: 'header.x-key', op: 'absent' }]]]
  expect({ paths: paths.toSorted(), places: [...new Set(places)].toSorted(), refused }).toEqual({
    paths: ['/mutiny/tiles/{glaze}', '/reactivex/tiles/{glaze}'],
    places: ['header x-key', 'path glaze', 'query size'],
    refused: [noKey, noKey],
  })
})
